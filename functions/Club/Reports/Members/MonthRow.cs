using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Reports;

/// <summary>Points of one wallet, as the ledger signs them: what was taken back, lapsed or was spent is negative.</summary>
/// <param name="Redeemed">Less what was given back; null: nothing was spent since it is counted.</param>
public sealed record WalletSums(WalletCode Wallet, Points Earned, Points Reversed, Points Expired, Points? Redeemed = null)
{
    public static WalletSums operator +(WalletSums one, WalletSums other) => new(one.Wallet, one.Earned + other.Earned,
        one.Reversed + other.Reversed, one.Expired + other.Expired,
        (one.Redeemed, other.Redeemed) is ({ } before, { } more) ? before + more : one.Redeemed ?? other.Redeemed);
}

/// <summary>What a month brought to one dealer and tier. Members are counted at their branch, points where they
/// arose.</summary>
public sealed record MonthRow : IStored<MonthRow>
{
    /// <summary>What the ids of all rows begin with.</summary>
    public const string Prefix = "r";

    /// <summary>The calendar month in the brand's time zone in which the club learned of it, <c>yyyy-MM</c>.</summary>
    public required string Month { get; init; }

    /// <summary>Null: none was told.</summary>
    public DealerId? DealerId { get; init; }

    /// <summary>The tier before the event; null: the one in which everybody begins, until it first changes.</summary>
    public TierCode? Tier { get; init; }

    /// <summary>Members more or fewer at the end of the month than at its beginning; summed over all months, the members of
    /// today.</summary>
    public int Members { get; init; }
    public int Joined { get; init; }
    public int Left { get; init; }
    public int Returned { get; init; }

    /// <summary>Not seen for so long that they are no members any more.</summary>
    public int Lapsed { get; init; }
    public int TransferredIn { get; init; }
    public int TransferredOut { get; init; }

    /// <summary>Found to be one person with another member.</summary>
    public int Merged { get; init; }
    public IReadOnlyList<WalletSums> Points { get; init; } = [];

    /// <summary>Days on which members had bills there: several bills of a member on one day are one.</summary>
    public int Visits { get; init; }

    public static string IdOf(string month, DealerId? dealerId, TierCode? tier) => Ids.Derived(Prefix, month, dealerId, tier);

    public MonthRow Plus(WalletSums more)
    {
        var known = Points.FirstOrDefault(one => one.Wallet == more.Wallet);
        var sum = known is null ? more : known + more;
        return this with { Points = [.. Points.Where(one => one.Wallet != more.Wallet).Append(sum)
            .OrderBy(one => one.Wallet, StringComparer.Ordinal)] };
    }

    static string IStored<MonthRow>.DocumentType => "monthRow";
    static JsonTypeInfo<MonthRow> IStored<MonthRow>.JsonType => ReportsDocuments.Default.MonthRow;
    [JsonIgnore] public string DocumentId => IdOf(Month, DealerId, Tier);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
