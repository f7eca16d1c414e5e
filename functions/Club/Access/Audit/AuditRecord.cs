using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Store;

namespace Club.Access;

/// <summary>That somebody was let in to change something, or to read about persons. Nothing personal is in it but ids; it is never changed
/// but for how it went, once.</summary>
public sealed record AuditRecord : IStored<AuditRecord>
{
    public const string AtIndex = "audit";
    public const string AuthorIndex = "auditAuthor";
    public const string MemberIndex = "auditMember";

    /// <summary>Has the author alone, by name and by id, for what is looked for by member and author together.</summary>
    public const string ByIndex = "auditBy";

    /// <summary>Has what was changed, by the dealer whose staff did it, or by its author.</summary>
    public const string DoneIndex = "auditDone";

    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who acted; <c>operator</c> where the key's holder named nobody.</summary>
    public required string Author { get; init; }

    /// <summary>By what the issuer tells the author from others of her name; null for the operator.</summary>
    public string? AuthorId { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>Of a dealer's staff: whose.</summary>
    public DealerId? Dealer { get; init; }

    /// <summary>What for, where the caller said so.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>The function that was called.</summary>
    public required string Action { get; init; }

    /// <summary>Whom it was about.</summary>
    public IReadOnlyList<MemberId> Members { get; init; } = [];

    /// <summary>What it was about besides: the id of a rejection, a programme, a file.</summary>
    public string? Subject { get; init; }

    /// <summary>How it went, as an HTTP status; null while it is on its way, and for ever when the host died under it.</summary>
    public int? Status { get; init; }

    /// <summary>It was let in to change something; null: to read.</summary>
    public bool? Changes { get; init; }

    /// <summary>Spread over partitions: no day's calls meet in one.</summary>
    [JsonIgnore] public string Partition => $"audit:{At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}:{Ids.Bucket(Id)}";

    static string IStored<AuditRecord>.DocumentType => "audit";
    static JsonTypeInfo<AuditRecord> IStored<AuditRecord>.JsonType => AccessDocuments.Default.AuditRecord;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var when = IndexKeys.Latest(At);
            string[] authors = AuthorId is { } id && id != Author ? [Author, id] : [Author];
            return new([new(AtIndex, when), .. authors.Select(author => new IndexKey(AuthorIndex, $"{author}\n{when}")),
                .. authors.Select(author => new IndexKey(ByIndex, author)),
                .. Changes is true ? [new IndexKey(DoneIndex, $"{Dealer?.Value ?? Author}\n{when}")] : (IndexKey[])[],
                .. Members.Select(member => new IndexKey(MemberIndex, $"{member}\n{when}"))]);
        }
    }
}

/// <summary>What a person's data is read or changed for. A closed list, so that nothing personal gets in.</summary>
[JsonConverter(typeof(CamelCaseEnum<Purpose>))]
public enum Purpose { Service, Complaint, Correction, Dispute, Settlement, Campaign, Audit, RightsRequest }
