using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Outgoing;

[JsonConverter(typeof(CamelCaseEnum<SubscriptionState>))]
public enum SubscriptionState
{
    Enabled,

    /// <summary>Nothing goes out until it is enabled again; then everything that happened meanwhile does.</summary>
    Disabled,

    /// <summary>It is being deleted.</summary>
    Deleting,
}

/// <summary>Why a subscription was disabled.</summary>
[JsonConverter(typeof(CamelCaseEnum<DisabledWhy>))]
public enum DisabledWhy
{
    /// <summary>The receiver answered 410.</summary>
    Gone,

    /// <summary>For three days nothing was taken.</summary>
    Failing,

    /// <summary>Staff disabled it.</summary>
    Staff,
}

/// <param name="Secret">In Standard Webhooks' form.</param>
/// <param name="Until">When it signs no longer; null: it stays.</param>
public sealed record SubscriptionSecret(string Secret, DateTimeOffset? Until);

/// <summary>Who is told of what, and where 订阅. It is kept under a key, for it holds secrets.</summary>
public sealed record Subscription : IStored<Subscription>
{
    public const string DocumentName = "subscription", NameIndex = "subscription";

    /// <summary>Every document of a subscription has this key, so that all can be deleted.</summary>
    public const string PartIndex = "ownSubscription";

    public required string Id { get; init; }
    public required string Url { get; init; }

    /// <summary>Types, and beginnings of types such as <c>club.order.*</c>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The one that stays first.</summary>
    public required IReadOnlyList<SubscriptionSecret> Secrets { get; init; }
    public SubscriptionState State { get; init; }
    public DisabledWhy? Why { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }

    [JsonIgnore] public string Partition => PartitionOf(Id);

    public static string PartitionOf(string id) => $"subscription:{id}";

    /// <summary>The secrets that sign at a moment.</summary>
    public IReadOnlyList<string> SignsWith(DateTimeOffset now) =>
        [.. Secrets.Where(one => !(one.Until <= now)).Select(one => one.Secret)];

    static string IStored<Subscription>.DocumentType => DocumentName;
    static JsonTypeInfo<Subscription> IStored<Subscription>.JsonType => OutgoingDocuments.Default.Subscription;
    [JsonIgnore] public string DocumentId => DocumentName;
    [JsonIgnore] public bool IsPersonal => true;

    [JsonIgnore]
    public IndexKeys Index => State == SubscriptionState.Deleting
        ? new([new(DueIndex.Finish, IndexKeys.Date(DateOnly.FromDateTime(ChangedAt.UtcDateTime.AddDays(-1))))], Ids.Bucket(Partition))
        : new([new(NameIndex, Id)]);
}
