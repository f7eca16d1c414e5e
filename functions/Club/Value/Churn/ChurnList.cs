using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Store;

namespace Club.Value;

/// <summary>Somebody who is lost.</summary>
/// <param name="DealerId">Her branch.</param>
/// <param name="ExpectedBy">When she should have come.</param>
/// <param name="MissedVisits">How many intervals have gone by since the last visit.</param>
/// <param name="ValueAtRisk">What she spent in the window that ends with the last visit, in CNY.</param>
/// <param name="MayCall">Whether she may be called about it.</param>
/// <param name="Tried">What was tried since she was due, the latest first; not what was suppressed.</param>
public sealed record ChurnView(
    MemberId MemberId, string CardNumber, string? Name, string? Phone, bool MayCall, DealerId? DealerId, string ValueClass,
    DateOnly LastVisit, DateOnly ExpectedBy, DateOnly LostFrom, int MissedVisits, Money ValueAtRisk, IReadOnlyList<TriedView> Tried,
    StrategyView? Strategy) : IOfMember;

/// <summary>How it was tried to win somebody back.</summary>
[JsonConverter(typeof(CamelCaseEnum<TriedBy>))]
public enum TriedBy { Message, Call, Letter }

/// <summary>A message, a call or a letter of an occasion.</summary>
/// <param name="State">What became of it, in one word: of a message and a letter its state, of a call its outcome.</param>
public sealed record TriedView(string Occasion, TriedBy By, string State, DateTimeOffset At)
{
    /// <param name="state">Of an enumeration.</param>
    public static TriedView Of(string occasion, TriedBy by, Enum state, DateTimeOffset at) =>
        new(occasion, by, JsonNamingPolicy.CamelCase.ConvertName($"{state}"), at);
}

/// <summary>What was tried with a member besides messages. A port: the rooms above know.</summary>
public interface ITellsTries
{
    /// <param name="from">Not what was before.</param>
    Task<IReadOnlyList<TriedView>> Tries(MemberId memberId, DateTimeOffset from, CancellationToken cancellation);
}

/// <summary>
/// Who is lost 流失: the members of class C, by branch. The index finds those whom profiles know to be lost; each is judged anew, so that
/// whoever came today is not in the list any more.
/// </summary>
public sealed class ChurnList(IClubStore store, MemberLedger ledger, ProgrammeLibrary library, ClubCalendar calendar,
    IEnumerable<ITellsTries> others)
{
    private const int MostTried = 20;

    /// <param name="dealer">Null: all branches.</param>
    /// <param name="value">D, G or S; null: all.</param>
    /// <returns>Those of a page by what is at risk; fewer than the limit may come with a continuation.</returns>
    /// <exception cref="ArgumentException">The continuation is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<ChurnView> Items, string? Continuation)> List(DealerId? dealer, string? value, Caller caller,
        int limit, string? continuation, CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        // Whose members a dealer's staff see is part of what is looked for.
        if (rules.Current.Value is not { } terms || caller.IsScoped && dealer is { } asked && asked != caller.Dealer) return ([], null);
        var query = value is null ? IndexQuery.Prefix(Profile.ClassIndex, "C") : IndexQuery.Equal(Profile.ClassIndex, $"C{value}");
        if ((caller.IsScoped ? new DealerId(caller.Dealer ?? "") : dealer) is { } branch) query = query.And(new IndexKey("dealer", branch));
        var page = await store.Find(query with { Limit = limit, Continuation = continuation }, cancellation);
        var items = new List<ChurnView>(page.Documents.Count);
        foreach (var document in page.Documents)
            if (await View(rules, terms, document.As<Profile>(), caller, cancellation) is { } view) items.Add(view);
        return ([.. items.OrderByDescending(item => item.ValueAtRisk).ThenBy(item => item.LastVisit)], page.Continuation);
    }

    private async Task<ChurnView?> View(ProgrammeVersions rules, ValueTerms terms, Profile profile, Caller caller,
        CancellationToken cancellation)
    {
        if (caller.SeesMasked(profile.MemberId, profile.DealerId) is not { } isMasked) return null;
        var account = await ledger.Load(profile.MemberId, rules, cancellation);
        if (ClassRules.Judge(terms, account.Visits, profile.DealerId, rules.Today) is not { Loyalty: "C" } lost) return null;
        return new ChurnView(
            profile.MemberId, profile.CardNumber, isMasked ? Masks.Name(profile.Name) : profile.Name,
            profile.Phone is { } phone ? PhoneNumber.Parse(phone).Value.Masked : null,
            profile is { Phone: not null, Consents.MayCall: true }, profile.DealerId, lost.Value, lost.LastVisit, lost.ExpectedBy,
            lost.LostFrom, (rules.Today.DayNumber - lost.LastVisit.DayNumber) / lost.IntervalDays, lost.Spend,
            await Tried(profile.MemberId, lost.ExpectedBy, cancellation), StrategyView.Of(terms.StrategyOf(lost.Cell)));
    }

    private async Task<IReadOnlyList<TriedView>> Tried(MemberId memberId, DateOnly since, CancellationToken cancellation)
    {
        var from = calendar.At(since, TimeOnly.MinValue);
        var query = new IndexQuery(SmsRecord.MemberIndex, $"{memberId}:{IndexKeys.Moment(from)}", $"{memberId}:{IndexQuery.Last}",
            Partition: memberId);
        var tried = new List<TriedView>();
        await foreach (var document in store.FindAll(query, cancellation))
            if (document.As<SmsRecord>() is { State: not SmsState.Suppressed } sms)
                tried.Add(TriedView.Of(sms.Occasion, TriedBy.Message, sms.State, sms.SentAt ?? sms.PlannedAt));
        foreach (var other in others) tried.AddRange(await other.Tries(memberId, from, cancellation));
        return [.. tried.OrderByDescending(one => one.At).Take(MostTried)];
    }
}
