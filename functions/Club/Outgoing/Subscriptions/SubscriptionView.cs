using Club.Access;
using Club.Kernel;

namespace Club.Outgoing;

/// <summary>A subscription as answers tell of it.</summary>
/// <param name="Secret">Told once, when it is made; null afterwards.</param>
/// <param name="FailingSince">Since when nothing was taken; null: the latest delivery was.</param>
/// <param name="PausedUntil">Until then nothing is sent, to give the receiver a rest.</param>
/// <param name="Replaying">Events from this moment on are being sent again; null: none are.</param>
public sealed record SubscriptionView(string Id, string Url, IReadOnlyList<string> Types, SubscriptionState State, DisabledWhy? Why,
    DateTimeOffset? DisabledAt, string? Secret, int Secrets, DateTimeOffset? FailingSince, DateTimeOffset? PausedUntil,
    DateTimeOffset? Replaying, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string ChangedBy)
{
    public static SubscriptionView Of(Subscription one, Cursor? cursor, DateTimeOffset now, string? secret = null) => new(one.Id, one.Url,
        one.Types, one.State, one.Why, one.DisabledAt, secret, one.SignsWith(now).Count, cursor?.FailingSince,
        cursor?.PausedUntil > now ? cursor.PausedUntil : null, cursor?.Since, one.CreatedAt, one.ChangedAt, one.ChangedBy);
}

[System.Text.Json.Serialization.JsonConverter(typeof(CamelCaseEnum<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>The receiver took it.</summary>
    Taken,

    /// <summary>This attempt was not taken.</summary>
    Failed,

    /// <summary>It will be sent again.</summary>
    Waiting,

    /// <summary>It was given up.</summary>
    Dead,
}

/// <summary>A delivery as answers tell of it: an attempt, or an event that waits or was given up.</summary>
/// <param name="Type">Null of what waits.</param>
/// <param name="At">Of the attempt; of what was given up, when; null of what waits.</param>
/// <param name="Status">What the receiver answered; null: nothing.</param>
/// <param name="Error">Why there was no answer.</param>
/// <param name="Attempt">Which attempt it was; of what waits, how many there were.</param>
/// <param name="NextAt">When it is sent again.</param>
/// <param name="Behind">How many events of the member wait behind this one.</param>
public sealed record DeliveryView(string EventId, string? Type, MemberId MemberId, DeliveryState State, DateTimeOffset? At, int? Status,
    string? Error, int? Milliseconds, int Attempt, DateTimeOffset? NextAt, int? Behind) : IOfMember
{
    public static DeliveryView Of(DeliveryLine line) => new(line.EventId, line.Type, new MemberId(line.Member),
        line.IsTaken ? DeliveryState.Taken : DeliveryState.Failed, line.At, Told(line.Status), line.Error, line.Milliseconds,
            line.Attempt, null,
        null);

    public static DeliveryView Of(Parcel parcel) => new(parcel.Events[0].EventId, null, new MemberId(parcel.Member),
        DeliveryState.Waiting, null,
        Told(parcel.Status), null, null, parcel.Attempts, parcel.DueAt, parcel.Events.Count - 1);

    public static DeliveryView Of(DeadEvent dead) => new(dead.EventId, dead.Type, new MemberId(dead.Member), DeliveryState.Dead, dead.At,
        Told(dead.Status), null, null, dead.Attempts, null, null);

    private static int? Told(int status) => status == 0 ? null : status;
}

/// <summary>What became of an event that was sent to try the receiver.</summary>
/// <param name="Status">Null: the receiver did not answer.</param>
public sealed record TestView(string EventId, bool Taken, int? Status, string? Error, int Milliseconds);
