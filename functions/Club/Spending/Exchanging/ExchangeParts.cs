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
        services.TryAddSingleton<IPartners, NoPartners>();
        return services.AddSingleton<Exchanges>().AddSingleton<ExchangeParts>()
            .AddSingleton<IExports>(provider => provider.GetRequiredService<ExchangeParts>())
            .AddSingleton<IMovesOnMerge>(provider => provider.GetRequiredService<ExchangeParts>());
    }

    /// <summary>Without partners nobody takes points, or exchanges them.</summary>
    private sealed class NoPartners : IPartners
    {
        public Task<Problem?> Unknown(string partner, string path, CancellationToken cancellation) =>
            Task.FromResult<Problem?>(new Problem("invalid-data", $"{path}: there is no partner \"{partner}\".", path));

        public async Task<Outcome<decimal>> Rate(string partner, ExchangeDirection direction, DateOnly on,
            CancellationToken cancellation) => (await Unknown(partner, "$.partner", cancellation))!;
    }
}
