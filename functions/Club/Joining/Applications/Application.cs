using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Joining;

/// <summary>申请中 → approved, refused, or lapsed when nobody decided in time.</summary>
[JsonConverter(typeof(CamelCaseEnum<ApplicationState>))]
public enum ApplicationState { Applied, Approved, Refused, Lapsed }

/// <summary>That somebody is to become a member, taken down at a dealer or at headquarters and waiting for a decision. What she told stays
/// only as long as it waits.</summary>
public sealed record Application : IStored<Application>
{
    public const string Document = "application";
    public const string WhenIndex = "application", StateIndex = "applicationState", DealerIndex = "applicationDealer";

    public required string Id { get; init; }

    /// <summary>The branch that she applies to; null: headquarters.</summary>
    public DealerId? DealerId { get; init; }
    public required ApplicationState State { get; init; }

    /// <summary>What she told, as registration data; null once it is decided and carried out.</summary>
    public string? Data { get; init; }
    public string? Note { get; init; }

    /// <summary>A digest of what it was made with, where the caller gave a key.</summary>
    public string? Content { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
    public required string AppliedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? Reason { get; init; }

    /// <summary>Whom she became, or was already.</summary>
    public MemberId? MemberId { get; init; }

    /// <summary>The day on which it lapses undecided.</summary>
    public DateOnly? ForgetOn { get; init; }

    /// <summary>Since when a decision is to be carried out: an approved one becomes a member, and of whichever is empty the key
    /// goes.</summary>
    public DateOnly? FinishDue { get; init; }

    static string IStored<Application>.DocumentType => Document;
    static JsonTypeInfo<Application> IStored<Application>.JsonType => JoiningDocuments.Default.Application;
    [JsonIgnore] public string DocumentId => Document;
    [JsonIgnore] public bool IsPersonal => Data is not null || Note is not null;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey>(5) { new(WhenIndex, IndexKeys.Latest(AppliedAt)), new(StateIndex, $"{State}") };
            if (DealerId is { } dealer) keys.Add(new IndexKey(DealerIndex, dealer));
            if (ForgetOn is { } last) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(last)));
            if (FinishDue is { } due) keys.Add(new IndexKey(DueIndex.Finish, IndexKeys.Date(due)));
            return new IndexKeys(keys, Ids.Bucket(Id));
        }
    }

    /// <summary>Without what tells of her; its key is still to go.</summary>
    public Application Emptied(DateOnly today) => this with { Data = null, Note = null, ForgetOn = null, FinishDue = today };
}

/// <summary>Compile-time serializers of what is stored here.</summary>
[JsonSerializable(typeof(Application))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class JoiningDocuments : JsonSerializerContext;
