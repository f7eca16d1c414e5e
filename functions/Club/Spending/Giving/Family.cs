using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Spending;

/// <summary>That a member takes another one for family.</summary>
/// <param name="MemberId">The other one, as she was known then.</param>
public sealed record FamilyConsent(MemberId MemberId, DateTimeOffset Since, string Author);

/// <summary>Whom a member takes for family 家庭. Two are one where each says so of the other.</summary>
public sealed record Family : IStored<Family>
{
    public const string Id = "family", OtherIndex = "family";

    /// <summary>So many one member can name.</summary>
    public const int Most = 8;

    public required MemberId MemberId { get; init; }
    public IReadOnlyList<FamilyConsent> Consents { get; init; } = [];

    static string IStored<Family>.DocumentType => Id;
    static JsonTypeInfo<Family> IStored<Family>.JsonType => SpendingDocuments.Default.Family;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => new([.. Consents.Select(one => new IndexKey(OtherIndex, one.MemberId))]);
}
