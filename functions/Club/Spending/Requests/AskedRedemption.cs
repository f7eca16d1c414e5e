using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Spending;

/// <summary>
/// Whose the key of a requested redemption is, in a partition of its own that is named by the key: written before anything is spent, so
/// that of two members or two contents at one instant only one can have it, and never changed. The answer is with the member's
/// <see cref="CommandRecord"/>; where nobody was known, this is the answer.
/// </summary>
public sealed record AskedRedemption : IStored<AskedRedemption>
{
    public const string Id = "redemptionRequest";

    /// <summary>A digest of what is asked for.</summary>
    public required string Content { get; init; }

    /// <summary>Null: the request named nobody whom the club knew.</summary>
    public MemberId? MemberId { get; init; }

    /// <summary>At whose till it was asked for.</summary>
    public DealerId? DealerId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Also the member's key of the command.</summary>
    public static string PartitionOf(string source, string id) => Ids.Derived("q", source, id);

    static string IStored<AskedRedemption>.DocumentType => Id;
    static JsonTypeInfo<AskedRedemption> IStored<AskedRedemption>.JsonType => SpendingDocuments.Default.AskedRedemption;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
