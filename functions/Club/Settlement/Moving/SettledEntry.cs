using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Earning;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Settlement;

/// <summary>What settling looks at in an entry of the ledger; the rest, which is most of it, is passed over unread.</summary>
public sealed record SettledEntry
{
    public required MemberId MemberId { get; init; }
    public required long Sequence { get; init; }
    public required EntryKind Kind { get; init; }
    public required WalletCode Wallet { get; init; }
    public required DateOnly On { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public DealerId? DealerId { get; init; }
    public required Points Points { get; init; }
    public required IReadOnlyList<LotLine> Lots { get; init; }
    public required IReadOnlyList<CounterLine> Counter { get; init; }
    public required string ProgrammeVersion { get; init; }
    public Move? Move { get; init; }

    /// <summary>A merge copied it: it is settled where it was booked first.</summary>
    public MemberId? MergedFrom { get; init; }

    /// <summary>Of a reversal: from which lots it was to come, and whose they were.</summary>
    [JsonIgnore] public IReadOnlyList<ReturnedLine>? Returned { get; init; }

    public static SettledEntry Of(Document document)
    {
        var entry = JsonSerializer.Deserialize(document.Json.Span, SettledEntries.Default.SettledEntry)
            ?? throw new StoreException($"Entry {document.Id} is empty.");
        return entry.Kind != EntryKind.Reversal ? entry
            : entry with { Returned = JsonSerializer.Deserialize(document.Json.Span, SettledEntries.Default.ReturnedLines)?.Explanation };
    }
}

/// <summary>What settling looks at in the explanation of a reversal.</summary>
public sealed record ReturnedLines(IReadOnlyList<ReturnedLine> Explanation);

/// <param name="Lot">Begins with the day on which its points were earned, <c>yyMMdd</c>.</param>
public sealed record ReturnedLine(Points Points, IReadOnlyList<Funding>? Funding, string? Lot)
{
    /// <summary>Who gets back how much of it.</summary>
    public IEnumerable<(Party Party, DateOnly Day, Points Points)> Shares(SettledEntry entry, string? brand)
    {
        var day = Lot is { Length: >= 6 } && DateOnly.TryParseExact($"20{Lot.AsSpan(0, 6)}", "yyyyMMdd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var earned) ? earned : entry.On;
        return Funding is not { Count: > 0 } ? [(Party.Programme, day, Points)]
            : Funding.Select(share => (MovementRules.PayerOf(share.Funder, entry.DealerId, brand), day, share.Points));
    }
}

[JsonSerializable(typeof(SettledEntry))]
[JsonSerializable(typeof(ReturnedLines))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SettledEntries : JsonSerializerContext;
