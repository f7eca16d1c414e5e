using System.Text.Json.Serialization;
using Club.Kernel;
using Club.Programmes;

namespace Club.Dealers;

/// <summary>筹建 → 营业 → 待关闭 → 已关闭.</summary>
[JsonConverter(typeof(CamelCaseEnum<DealerState>))]
public enum DealerState
{
    /// <summary>It opens on a day to come.</summary>
    Planned,
    Open,

    /// <summary>It is open, and closes on a day to come.</summary>
    Closing,
    Closed,
}

/// <summary>A dealer as answers tell of it.</summary>
/// <param name="Name">Null: only the rule book knows of it.</param>
/// <param name="HasBranch">Whether the club has a branch there, by the rule book.</param>
/// <param name="IsListed">Whether the rule book lists it, so that its transactions and members are taken.</param>
/// <param name="Location">In degrees, GCJ-02.</param>
/// <param name="MergedInto">Who takes its members over.</param>
/// <param name="MovedAt">When the last member had been moved; null while some may still be there.</param>
public sealed record DealerView(DealerId Code, string? Name, DealerState State, string? Region, string? RegionName, bool HasBranch,
    bool IsListed, string? City, string? Address, string? Phone, Place? Location, IReadOnlyList<Capability> Capabilities,
    DateOnly? OpenedOn, DateOnly? ClosedOn, DealerId? MergedInto, string? ClosedFor, DateTimeOffset? MovedAt)
{
    /// <param name="told">Null: only the rule book knows of it.</param>
    public static DealerView Of(Programme programme, DealerId code, Dealership? told, DateOnly today)
    {
        var listed = programme.FindDealer(code);
        var region = listed?.Region ?? told?.Region;
        var known = told?.Capabilities ?? [];
        return new DealerView(code, told?.Name, StateOf(told, today), region,
            programme.Dealers.Regions.FirstOrDefault(one => one.Code == region)?.Name, listed?.HasBranch ?? false, listed is not null,
            told?.City, told?.Address, told?.Phone, told?.Location,
            listed is null || known.Contains(Capability.FullAfterSales) ? known : [.. known.Append(Capability.FullAfterSales).Order()],
            told?.OpenedOn, told?.Closing?.On, told?.Closing?.Into, told?.Closing?.Reason, told?.Closing?.DoneAt);
    }

    public bool IsOpen => State is DealerState.Open or DealerState.Closing;

    private static DealerState StateOf(Dealership? told, DateOnly today) =>
        told?.IsClosed(today) == true ? DealerState.Closed
        : told?.OpenedOn > today ? DealerState.Planned
        : told?.Closing is not null ? DealerState.Closing : DealerState.Open;
}
