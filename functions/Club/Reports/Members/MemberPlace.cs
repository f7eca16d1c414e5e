using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Reports;

/// <summary>Where a member is counted, and up to where: what is told again changes nothing. Nothing personal is kept.</summary>
public sealed record MemberPlace : IStored<MemberPlace>
{
    public required MemberId MemberId { get; init; }

    /// <summary>The month of joining; null until it is told.</summary>
    public string? Joined { get; init; }

    /// <summary>The dealer with whom the member joined, or to whom she went since.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>How many transfers are counted.</summary>
    public int Transfers { get; init; }
    public TierCode? Tier { get; init; }

    /// <summary>How many changes of tier are counted.</summary>
    public int TierChanges { get; init; }

    /// <summary>The last entry that is counted.</summary>
    public long Sequence { get; init; }

    /// <summary>The last act of leaving, lapsing or returning, and its moment.</summary>
    public MemberEventKind? Act { get; init; }
    public DateTimeOffset? ActedAt { get; init; }

    /// <summary>The month in which the member was found to be another; the word may come before all of the member's own events.</summary>
    public string? Merged { get; init; }

    /// <summary>The latest days with bills that are counted, each with its dealer: more bills of such a day are no more visits.</summary>
    public IReadOnlyList<string> Visited { get; init; } = [];

    /// <summary>Bills are told late, but not by so many days with a dealer.</summary>
    private const int MostVisited = 40;

    /// <returns>Null: that day is counted already.</returns>
    public MemberPlace? Visit(DealerId dealer, DateOnly on)
    {
        var day = $"{IndexKeys.Date(on)} {dealer}";
        if (Visited.Contains(day)) return null;
        var all = Visited.Append(day).Order(StringComparer.Ordinal);
        return this with { Visited = [.. all.TakeLast(MostVisited)] };
    }

    [JsonIgnore] public bool IsHere => Joined is not null && Act is not (MemberEventKind.Left or MemberEventKind.Lapsed);

    public static string IdOf(MemberId memberId) => $"m:{memberId}";

    static string IStored<MemberPlace>.DocumentType => "memberPlace";
    static JsonTypeInfo<MemberPlace> IStored<MemberPlace>.JsonType => ReportsDocuments.Default.MemberPlace;
    [JsonIgnore] public string DocumentId => IdOf(MemberId);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
