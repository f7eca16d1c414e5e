using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Programmes;
using Club.Store;

namespace Club.Activities;

/// <summary>That members are being invited to an activity, and how far it has come. One at a time of each activity.</summary>
public sealed record Invitation : IStored<Invitation>
{
    public const string Id = "invitation";

    public required string Activity { get; init; }
    public required InviteeFilter Filter { get; init; }

    /// <summary>What the message says, in Liquid.</summary>
    public required string Text { get; init; }

    /// <summary>Where the next page begins; null: at the beginning.</summary>
    public string? Bookmark { get; init; }

    /// <summary>To how many a message goes out, or went.</summary>
    public int Invited { get; init; }

    /// <summary>To how many none may go.</summary>
    public int NotInvited { get; init; }

    /// <summary>How many were invited to the same activity before.</summary>
    public int Before { get; init; }
    public bool IsDone { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }

    static string IStored<Invitation>.DocumentType => Id;
    static JsonTypeInfo<Invitation> IStored<Invitation>.JsonType => ActivitiesDocuments.Default.Invitation;
    [JsonIgnore] public string DocumentId => Id;

    [JsonIgnore]
    public IndexKeys Index => IsDone ? IndexKeys.None
        : new([new(DueIndex.Finish, IndexKeys.Date(DateOnly.FromDateTime(At.UtcDateTime)))],
            Ids.Bucket(ClubActivity.PartitionOf(Activity)));
}

/// <summary>Whom to invite, and what to say.</summary>
/// <param name="Text">Null: as the care plan says.</param>
public sealed record InvitationRequest(InviteeFilter Filter, string? Text)
{
    public static Outcome<InvitationRequest> Read(JsonFields body)
    {
        var filter = InviteeFilter.Read(body);
        var text = body.Text("text", required: false, maximum: CareTemplate.MaxLength);
        if (text is not null && CareTemplate.TryParse(text, CareVariables.Of(CareOccasion.ActivityInvitation), out var errors) is null)
            body.Fail("text", errors[0].TrimEnd('.'));
        return (filter.Problem ?? body.Problem) is { } problem ? problem : new InvitationRequest(filter.Value, text);
    }
}

/// <summary>How far an invitation has come.</summary>
/// <param name="Before">How many were invited before, and are not again.</param>
public sealed record InvitationView(string Activity, InviteeFilter Filter, bool IsDone, int Invited, int NotInvited, int Before,
    DateTimeOffset At, string Author)
{
    public static InvitationView Of(Invitation one) =>
        new(one.Activity, one.Filter, one.IsDone, one.Invited, one.NotInvited, one.Before, one.At, one.Author);
}
