using Club.Access;
using Club.Kernel;
using Club.Spending;
using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Partners;

/// <summary>A partner as answers tell of him.</summary>
public sealed record PartnerView(string Code, string Name, IReadOnlyList<Agreement> Agreements)
{
    public static PartnerView Of(Partner one) => new(one.Code, one.Name, one.Agreements);
}

/// <summary>Who the partners are, and what was agreed with them.</summary>
public sealed class PartnerBook(IClubStore store, ISettledDays settled, ClubCalendar calendar) : IPartners
{
    /// <returns>Whether he is new. Problem <c>invalid-data</c>: the code is none, or differs from another's by its case alone.</returns>
    public Task<Outcome<(PartnerView Partner, bool IsNew)>> Name(string code, string name, Caller caller, CancellationToken cancellation) =>
        Retry.UntilDone<Outcome<(PartnerView, bool)>>($"Partner {code}", async () =>
    {
        if (!SpendingFields.IsPartnerCode(code))
            return (Outcome<(PartnerView, bool)>)new Problem("invalid-data", "code: 1 to 64 letters, digits, - and _ are expected.", "code");
        var stored = await Read(code, cancellation);
        if (stored is { Value.Code: var other } && other != code)
            return (Outcome<(PartnerView, bool)>)new Problem("invalid-data", $"code: there is a partner \"{other}\" already.", "code");
        if (stored?.Value.Name == name) return (Outcome<(PartnerView, bool)>)(PartnerView.Of(stored.Value), false);
        var (at, by) = (calendar.Now, caller.Name ?? AuditTrail.Unnamed);
        var named = stored is null ? new Partner { Code = code, Name = name, ChangedAt = at, ChangedBy = by }
            : stored.Value with { Name = name, ChangedAt = at, ChangedBy = by };
        return await Write(named, stored, cancellation) ? (Outcome<(PartnerView, bool)>)(PartnerView.Of(named), stored is null)
            : Retry.Again;
    }, cancellation);

    /// <returns>Whether it is new: the same again is the same. Problems: <c>not-found</c>, and those of
    /// <see cref="PartnerRules.Agree"/>.</returns>
    public Task<Outcome<(PartnerView Partner, bool IsNew)>> Agree(string code, Agreement agreement, Caller caller,
        CancellationToken cancellation) => Retry.UntilDone<Outcome<(PartnerView, bool)>>($"Partner {code}", async () =>
    {
        if (await Read(code, cancellation) is not { } stored || stored.Value.Code != code)
            return (Outcome<(PartnerView, bool)>)Problem.NotFound($"Partner \"{code}\"");
        var (at, by) = (calendar.Now, caller.Name ?? AuditTrail.Unnamed);
        var agreed = PartnerRules.Agree(stored.Value, agreement with { MadeAt = at, MadeBy = by },
            await settled.Open(cancellation));
        if (agreed.Problem is { } problem) return (Outcome<(PartnerView, bool)>)problem;
        if (agreed.Value == stored.Value) return (Outcome<(PartnerView, bool)>)(PartnerView.Of(stored.Value), false);
        var after = agreed.Value with { ChangedAt = at, ChangedBy = by };
        return await Write(after, stored, cancellation) ? (Outcome<(PartnerView, bool)>)(PartnerView.Of(after), true) : Retry.Again;
    }, cancellation);

    /// <returns>Null when there is none of the code, or it is not the caller's to see.</returns>
    public async Task<PartnerView?> Find(string code, Caller caller, CancellationToken cancellation) =>
        PartnerRules.IsSeenBy(code, caller) && await Of(code, cancellation) is { } partner ? PartnerView.Of(partner) : null;

    /// <summary>With all that was agreed with him; null when there is none of the code.</summary>
    public async ValueTask<Partner?> Of(string code, CancellationToken cancellation) =>
        await Read(code, cancellation) is { Value: var one } && one.Code == code ? one : null;

    /// <summary>Partners by their codes; a partner finds himself.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<PartnerView> Items, string? Continuation)> List(Caller caller, int limit, string? continuation,
        CancellationToken cancellation)
    {
        if (caller.IsScoped)
            return (caller.Partner is { } own && await Find(own, caller, cancellation) is { } found ? [found] : [], null);
        return await List(limit, continuation, cancellation);
    }

    private async Task<(IReadOnlyList<PartnerView> Items, string? Continuation)> List(int limit, string? continuation,
        CancellationToken cancellation)
    {
        var page = await store.Find(new IndexQuery(Partner.CodeIndex, "", IndexQuery.Last, Limit: limit, Continuation: continuation), cancellation);
        return ([.. page.Documents.Select(document => PartnerView.Of(document.As<Partner>())).OrderBy(one => one.Code,
            StringComparer.Ordinal)], page.Continuation);
    }

    public async Task<Problem?> Unknown(string partner, string path, CancellationToken cancellation) =>
        await Of(partner, cancellation) is not null ? null
            : new Problem("invalid-data", $"{path}: there is no partner \"{partner}\"{Nearest.Hint(partner, await Codes(cancellation))}", path);

    public async Task<Outcome<decimal>> Rate(string partner, ExchangeDirection direction, DateOnly on, CancellationToken cancellation)
    {
        if (await Of(partner, cancellation) is not { } found) return (await Unknown(partner, "$.partner", cancellation))!;
        var terms = found.On(on)?.Exchange;
        return (direction == ExchangeDirection.Out ? terms?.Out : terms?.In) is { } rate ? rate
            : new Problem("not-offered", $"No points are exchanged {direction.ToString().ToLowerInvariant()} with {partner} on {on:yyyy-MM-dd}.")
            { Kind = ProblemKind.Conflict };
    }

    /// <summary>Among so many the one that was meant is looked for.</summary>
    private async Task<IEnumerable<string>> Codes(CancellationToken cancellation) =>
        (await List(500, null, cancellation)).Items.Select(one => one.Code);

    private async ValueTask<Stored<Partner>?> Read(string code, CancellationToken cancellation) =>
        SpendingFields.IsPartnerCode(code) ? await store.Read<Partner>(Partner.PartitionOf(code), Partner.Id, cancellation) : null;

    private async Task<bool> Write(Partner partner, Stored<Partner>? before, CancellationToken cancellation) =>
        await store.Commit(Partner.PartitionOf(partner.Code), [partner.ToWrite(before?.ETag)], cancellation) is CommitResult.Written;
}

/// <summary>Until when months are closed: a port of what settles them, which is above this room.</summary>
public interface ISettledDays
{
    /// <returns>The first day of which nothing is settled yet; null: nothing ever was.</returns>
    Task<DateOnly?> Open(CancellationToken cancellation);
}

public static class PartnersServices
{
    public static IServiceCollection AddPartners(this IServiceCollection services) => services.AddSingleton<PartnerBook>()
        .AddSingleton<IPartners>(provider => provider.GetRequiredService<PartnerBook>());
}
