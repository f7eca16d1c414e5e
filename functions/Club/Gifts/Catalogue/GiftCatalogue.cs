using Club.Access;
using Club.Kernel;
using Club.Programmes;
using Club.Spending;
using Club.Store;

namespace Club.Gifts;

/// <summary>What gifts are looked for by: all of it holds for each that is found.</summary>
/// <param name="Offered">Those of today only.</param>
public sealed record GiftCriteria(string? Category, bool Offered);

/// <summary>The gifts of the club, as marketing keeps them.</summary>
public sealed class GiftCatalogue(IClubStore store, GiftStocks stocks, ProgrammeLibrary library, IPartners partners,
    ClubCalendar calendar)
{
    /// <summary>Makes a gift, or makes it another.</summary>
    /// <param name="tag">The gift that this one replaces, by its tag as it was read; null: whichever there is.</param>
    /// <returns>The gift with its tag, and whether it is new. Problems: <c>invalid-data</c>, <c>unknown-dealer</c>,
    /// <c>gift-changed</c>.</returns>
    public async Task<Outcome<(GiftView Gift, string Tag, bool IsNew)>> Put(Gift wanted, string? tag, Caller caller,
        CancellationToken cancellation)
    {
        if (GiftRequest.Unknown(wanted, (await library.Now(cancellation)).Current) is { } unknown) return unknown;
        if (wanted.Partner is { } partner && await partners.Unknown(partner, "$.party", cancellation) is { } nobody) return nobody;
        var gift = wanted with { ChangedAt = calendar.Now, Author = caller.Name ?? AuditTrail.Unnamed };
        return await Retry.UntilDone<Outcome<(GiftView, string, bool)>>($"Gift {gift.Code}", async () =>
        {
            var stored = await store.Read<Gift>(Gift.PartitionOf(gift.Code), Gift.Id, cancellation);
            if (tag is not null && (stored is null || TagOf(stored) != tag)) return (Outcome<(GiftView, string, bool)>)Changed(stored);
            if (await store.Commit(Gift.PartitionOf(gift.Code), [gift.ToWrite(stored?.ETag)], cancellation)
                is not CommitResult.Written written)
                return Retry.Again;
            return (Outcome<(GiftView, string, bool)>)(await View(gift, cancellation), written.ETags[0].Trim('"'), stored is null);
        }, cancellation);
    }

    /// <summary>Null when there is none.</summary>
    public async Task<(GiftView Gift, string Tag)?> Find(string code, CancellationToken cancellation) =>
        await Read(code, cancellation) is { } stored ? (await View(stored.Value, cancellation), TagOf(stored)) : null;

    /// <summary>That there is none.</summary>
    public Task<Problem> Unknown(string code, CancellationToken cancellation) => store.Unknown(code, null, cancellation);

    /// <summary>As it is stored; null when there is none.</summary>
    public async ValueTask<Stored<Gift>?> Read(string code, CancellationToken cancellation) =>
        code.Length is > 0 and <= 64 ? await store.Read<Gift>(Gift.PartitionOf(code), Gift.Id, cancellation) : null;

    /// <summary>Gifts, by code.</summary>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<GiftView> Items, string? Continuation)> List(GiftCriteria criteria, int limit, string? continuation,
        CancellationToken cancellation)
    {
        var query = criteria.Offered ? new IndexQuery(Gift.UntilIndex, IndexKeys.Date(calendar.Today), IndexQuery.Last)
            : new IndexQuery(Gift.CodeIndex, "", IndexQuery.Last);
        if (criteria.Category is { } category) query = query.And(new IndexKey(Gift.CategoryIndex, category));
        var page = await store.Find(query with { Limit = limit, Continuation = continuation }, cancellation);
        var views = new List<GiftView>(page.Documents.Count);
        foreach (var gift in page.Documents.Select(document => document.As<Gift>()).OrderBy(gift => gift.Code, StringComparer.Ordinal))
            if (!criteria.Offered || gift.IsOffered(calendar.Today)) views.Add(await View(gift, cancellation));
        return (views, page.Continuation);
    }

    private async Task<GiftView> View(Gift gift, CancellationToken cancellation) =>
        GiftView.Of(gift, await stocks.Of(gift, cancellation), calendar.Today);

    private static string TagOf(Stored<Gift> stored) => stored.ETag.Trim('"');

    private static Problem Changed(Stored<Gift>? stored) => new("gift-changed", stored is null ? "There is no such gift any more."
        : $"{stored.Value.Author} has changed the gift since, at {stored.Value.ChangedAt:yyyy-MM-dd'T'HH:mm:sszzz}. Read it and decide again.")
    { Kind = ProblemKind.Changed };
}
