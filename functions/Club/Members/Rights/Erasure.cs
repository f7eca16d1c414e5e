using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Members;

/// <summary>That a person asked to be forgotten, and what became of it: while it goes on, what she is known by; afterwards the
/// receipt.</summary>
public sealed record Erasure : IStored<Erasure>
{
    public const string Id = "erasure";

    public required MemberId MemberId { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Who carried the request out.</summary>
    public required string Author { get; init; }
    public required string Reason { get; init; }

    /// <summary>Herself, and whoever was merged into her.</summary>
    public required IReadOnlyList<MemberId> Members { get; init; }

    /// <summary>Null once nothing more is to be looked for.</summary>
    public ErasedPerson? Person { get; init; }

    /// <summary>What was found and is gone, by feature.</summary>
    public IReadOnlyDictionary<string, int> Erased { get; init; } = new Dictionary<string, int>();

    /// <summary>When nothing was left; null while it goes on.</summary>
    public DateTimeOffset? DoneAt { get; init; }
    public DateOnly? FinishDue { get; init; }

    static string IStored<Erasure>.DocumentType => Id;
    static JsonTypeInfo<Erasure> IStored<Erasure>.JsonType => MembersDocuments.Default.Erasure;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public bool IsPersonal => Person is not null;

    [JsonIgnore]
    public IndexKeys Index =>
        FinishDue is { } due ? new([new(DueIndex.Finish, IndexKeys.Date(due))], Ids.Bucket(MemberId)) : IndexKeys.None;
}
