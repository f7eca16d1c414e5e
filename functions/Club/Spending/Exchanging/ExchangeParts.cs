using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Club.Spending;

/// <summary>What other features ask of exchanges: to be told, to move along. Nothing in them is a person's own words.</summary>
internal sealed class ExchangeParts(IClubStore store) : IExports, IMovesOnMerge
{
    private static readonly IndexQuery All = new(Exchange.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public string Name => "exchanges";

    public async IAsyncEnumerable<JsonNode> Export(Profile profile, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in store.FindAll(All with { Partition = profile.MemberId }, cancellation))
            yield return JsonSerializer.SerializeToNode(ExchangeView.Of(document.As<Exchange>()), ClubJson.Answers)!;
    }

    public Task AfterEntries(Account from, MemberId to, CancellationToken cancellation) =>
        store.MoveAll<Exchange>(All, from.MemberId, to, one => one with { MemberId = to }, cancellation);
}

internal static class ExchangingServices
{
    public static IServiceCollection AddExchanging(this IServiceCollection services)
    {
        services.TryAddSingleton<IExchangeRates, NoPartners>();
        return services.AddSingleton<Exchanges>().AddSingleton<ExchangeParts>()
            .AddSingleton<IExports>(provider => provider.GetRequiredService<ExchangeParts>())
            .AddSingleton<IMovesOnMerge>(provider => provider.GetRequiredService<ExchangeParts>());
    }

    /// <summary>Without partners there is nobody to exchange with.</summary>
    private sealed class NoPartners : IExchangeRates
    {
        public Task<Outcome<decimal>> Of(string partner, ExchangeDirection direction, DateOnly on, CancellationToken cancellation) =>
            Task.FromResult<Outcome<decimal>>(new Problem("invalid-data", $"$.partner: there is no partner \"{partner}\".", "$.partner"));
    }
}
