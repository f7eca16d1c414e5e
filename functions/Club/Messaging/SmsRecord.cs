using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;
using Club.Ledger;
using Club.Store;

namespace Club.Messaging;

[JsonConverter(typeof(CamelCaseEnum<SmsState>))]
public enum SmsState { Planned, Sent, Delivered, Failed, Suppressed }

/// <summary>One care message to one member. Its id is the occasion, so that an occasion is spoken of once and never again.</summary>
public sealed record SmsRecord : IStored<SmsRecord>
{
    public const string MemberIndex = "ownSms";
    public const string MessageIndex = "smsMessage";

    public required MemberId MemberId { get; init; }

    /// <summary>What it is about, e.g. <c>birthday:2026</c>.</summary>
    public required string Occasion { get; init; }
    public required SmsState State { get; init; }

    /// <summary>Why it was suppressed, postponed or failed.</summary>
    public string? Why { get; init; }
    public required string Text { get; init; }

    /// <summary>How many messages the operator counts.</summary>
    public required int Segments { get; init; }
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Not before this moment.</summary>
    public required DateTimeOffset SendAt { get; init; }

    /// <summary>The last date on which it may be sent; after it the message has lost its sense.</summary>
    public required DateOnly LastDay { get; init; }
    public int Attempts { get; init; }

    /// <summary>When the provider was first asked; with <see cref="RepeatabilityId"/> it makes a repeated request harmless.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What WeChat is to say; null: it is a text message.</summary>
    public WeChatLetter? WeChat { get; init; }

    /// <summary>Whether a text message follows when WeChat fails.</summary>
    public bool? ThenSms { get; init; }

    /// <summary>How often another channel had its turn; null: never.</summary>
    public int? Round { get; init; }

    /// <summary>Whether a call follows when it fails for good.</summary>
    public bool? CallIfFailed { get; init; }

    /// <summary>The channels other than messages that follow in turn when it fails for good, parted by spaces; null: none, or an older
    /// release put it down.</summary>
    public string? Then { get; init; }

    /// <summary>What a letter would say, where one may follow; null: none may.</summary>
    public string? Letter { get; init; }

    /// <summary>The day on which the text goes; null once it has gone.</summary>
    public DateOnly? ForgetOn { get; init; }

    /// <summary>The provider's id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Names the message to the provider; no personal data.</summary>
    [JsonIgnore] public string Tag => $"{MemberId}:{Occasion}";

    /// <summary>The same for WeChat.</summary>
    [JsonIgnore] public string ClientId => Ids.Derived("", "wechat", Tag);

    [JsonIgnore] public Guid RepeatabilityId => SmsMessage.RepeatabilityIdOf(Tag);

    /// <summary>That the message has come to this state.</summary>
    public MemberEvent Happened(DateTimeOffset at) => new()
    {
        Id = Round is { } round ? Ids.Derived("v", "sms", Occasion, $"{State}", $"{round}") : Ids.Derived("v", "sms", Occasion, $"{State}"),
        MemberId = MemberId,
        Kind = State switch
        {
            SmsState.Planned => MemberEventKind.SmsPlanned,
            SmsState.Sent => MemberEventKind.SmsSent,
            SmsState.Delivered => MemberEventKind.SmsDelivered,
            SmsState.Failed => MemberEventKind.SmsFailed,
            _ => MemberEventKind.SmsSuppressed,
        },
        At = at,
        Subject = Occasion,
        // A provider's own words may hold the number.
        Reason = State == SmsState.Suppressed ? Why : null,
    };

    public static string IdOf(string occasion) => $"sms:{occasion}";
    static string IStored<SmsRecord>.DocumentType => "sms";
    static JsonTypeInfo<SmsRecord> IStored<SmsRecord>.JsonType => MessagingDocuments.Default.SmsRecord;
    [JsonIgnore] public string DocumentId => IdOf(Occasion);
    [JsonIgnore] public bool IsPersonal => true;

    [JsonIgnore]
    public IndexKeys Index
    {
        get
        {
            var keys = new List<IndexKey> { new(MemberIndex, $"{MemberId}:{IndexKeys.Moment(PlannedAt)}") };
            if (MessageId is not null) keys.Add(new IndexKey(MessageIndex, MessageId));
            if (ForgetOn is { } day) keys.Add(new IndexKey(DueIndex.Forget, IndexKeys.Date(day)));
            if (State == SmsState.Planned) keys.Add(new IndexKey(DueIndex.Sms, IndexKeys.Moment(SendAt)));
            return new IndexKeys(keys, Ids.Bucket(MemberId));
        }
    }
}
