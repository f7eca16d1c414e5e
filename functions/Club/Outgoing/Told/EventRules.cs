using System.Text.RegularExpressions;
using Club.Ledger;
using Club.Store;

namespace Club.Outgoing;

/// <summary>
/// What goes out of what is stored: of entries and events of members, ids and figures, never a name, a phone or somebody's own words. Pure.
/// </summary>
public static partial class EventRules
{
    /// <returns>Null: nobody is told of it.</returns>
    public static ClubEvent? Of(Document told) => told.Type switch
    {
        "entry" => Of(told, told.As<Entry>()),
        "event" => Of(told, told.As<MemberEvent>()),
        _ => null,
    };

    /// <summary>When the club learned of it; of an event that keeps only when it happened, that.</summary>
    public static DateTimeOffset RecordedAt(Document told) =>
        told.Type == "entry" ? told.As<Entry>().RecordedAt : told.As<MemberEvent>().At;

    /// <summary>Documents of one commit may be told in any order: entries of a member as they stand in the ledger, in the places that they
    /// have, and that she joined before all else of that moment.</summary>
    public static IReadOnlyList<Document> InOrder(IReadOnlyList<Document> ofMember)
    {
        if (ofMember.Count < 2) return ofMember;
        var ordered = ofMember.ToArray();
        var places = Enumerable.Range(0, ordered.Length).Where(index => ordered[index].Type == "entry").ToArray();
        foreach (var (place, entry) in places.Zip(places.Select(place => ofMember[place]).OrderBy(entry => entry.As<Entry>().Sequence)))
            ordered[place] = entry;
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].Type == "event" && ordered[i].As<MemberEvent>() is { Kind: MemberEventKind.Joined, At: var at })
                for (var j = i; j > 0 && ordered[j - 1].Type == "event" && RecordedAt(ordered[j - 1]) == at; j--)
                    (ordered[j - 1], ordered[j]) = (ordered[j], ordered[j - 1]);
        return ordered;
    }

    private static ClubEvent? Of(Document told, Entry entry)
    {
        // What a merge books again was told where it was booked first.
        if (entry.MergedFrom is not null) return null;
        return new ClubEvent(ClubEvent.IdOf(told.Partition, told.Id), TypeOf(entry.Kind), entry.MemberId, entry.At,
        [
            new("entryId", entry.Id), new("sequence", (decimal)entry.Sequence), new("kind", Word(entry.Kind)), new("wallet", entry.Wallet.Value),
            new("points", entry.Points.Value), new("balance", entry.Balance.Value), new("on", IndexKeys.Date(entry.On)),
            new("recordedAt", entry.RecordedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
            new("source", entry.Source), new("sourceId", entry.SourceId), new("dealerId", entry.DealerId?.Value),
            new("reverses", entry.Reverses), new("releases", entry.Releases), new("move", entry.Move?.Id), new("with", entry.Move?.With?.Value),
        ]);
    }

    private static ClubEvent? Of(Document told, MemberEvent happened)
    {
        if (TypeOf(happened.Kind) is not { } type) return null;
        return new ClubEvent(ClubEvent.IdOf(told.Partition, told.Id), type, happened.MemberId, happened.At, DataOf(happened));
    }

    private static EventDatum[] DataOf(MemberEvent happened) => happened.Kind switch
    {
        MemberEventKind.Joined or MemberEventKind.Returned => [new("kind", Word(happened.Kind)), new("dealerId", happened.DealerId?.Value)],
        MemberEventKind.Left or MemberEventKind.Lapsed => [new("kind", Word(happened.Kind)), new("reason", Code(happened.Reason))],
        MemberEventKind.Merged => [new("from", happened.From)],
        MemberEventKind.ProfileChanged => [new("changed", happened.Changed)],
        MemberEventKind.ConsentChanged => [new("changed", ["consents"]), new("consent", happened.To)],
        MemberEventKind.Transferred =>
            [new("changed", ["dealerId"]), new("from", happened.From), new("to", happened.To), new("number", (decimal?)happened.Number)],
        MemberEventKind.TierChanged =>
        [
            new("from", happened.From), new("to", happened.To), new("reason", Code(happened.Reason)), new("number", (decimal?)happened.Number),
            new("sequence", (decimal?)happened.Sequence),
        ],
        MemberEventKind.SmsSent or MemberEventKind.SmsFailed => [new("occasion", happened.Subject)],
        _ => [new("orderId", happened.To), new("gift", happened.Subject), new("dealerId", happened.DealerId?.Value)],
    };

    private static string TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.Accrual or EntryKind.ExchangeIn => EventTypes.Accrued,
        EntryKind.Reversal => EventTypes.Reversed,
        EntryKind.Expiry => EventTypes.Expired,
        EntryKind.Release => EventTypes.Released,
        EntryKind.Redemption or EntryKind.Donation or EntryKind.ExchangeOut => EventTypes.Redeemed,
        EntryKind.Refund => EventTypes.Refunded,
        EntryKind.TransferOut or EntryKind.TransferIn => EventTypes.Transferred,
        EntryKind.Adjustment => EventTypes.Adjusted,
        _ => throw new InvalidOperationException($"Nothing is told of entries {kind}."),
    };

    private static string? TypeOf(MemberEventKind kind) => kind switch
    {
        MemberEventKind.Joined or MemberEventKind.Returned => EventTypes.Registered,
        MemberEventKind.Left or MemberEventKind.Lapsed => EventTypes.Left,
        MemberEventKind.Merged => EventTypes.Merged,
        MemberEventKind.ProfileChanged or MemberEventKind.ConsentChanged or MemberEventKind.Transferred => EventTypes.Changed,
        MemberEventKind.TierChanged => EventTypes.TierChanged,
        MemberEventKind.SmsSent => EventTypes.SmsSent,
        MemberEventKind.SmsFailed => EventTypes.SmsFailed,
        MemberEventKind.OrderPlaced => EventTypes.OrderPlaced,
        MemberEventKind.OrderConfirmed => EventTypes.OrderConfirmed,
        MemberEventKind.OrderShipped => EventTypes.OrderShipped,
        MemberEventKind.OrderReady => EventTypes.OrderReady,
        MemberEventKind.OrderDone => EventTypes.OrderDone,
        MemberEventKind.OrderCancelled => EventTypes.OrderCancelled,
        _ => null,
    };

    private static string Word<T>(T kind) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}");

    /// <summary>A reason is told where it is a word of the club's own: what staff wrote may name somebody.</summary>
    private static string? Code(string? reason) => reason is not null && CodeShape().IsMatch(reason) ? reason : null;

    [GeneratedRegex("^[a-z][a-z-]{0,63}$")]
    private static partial Regex CodeShape();
}
