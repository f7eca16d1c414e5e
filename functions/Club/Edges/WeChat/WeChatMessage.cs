using System.Globalization;
using Club.Dealers;
using Club.Identity;
using Club.Kernel;

namespace Club.Edges.WeChat;

/// <summary>A message or event that WeChat pushed, after its signature was checked. Field names are WeChat's own; absent fields are
/// null.</summary>
public sealed record WeChatMessage
{
    public required string ToUser { get; init; }

    /// <summary>The sender's OpenID.</summary>
    public required string FromUser { get; init; }

    public required DateTimeOffset CreateTime { get; init; }
    public required string MsgType { get; init; }

    /// <summary>How the request was written; the reply is written the same way.</summary>
    public WeChatForm Form { get; init; }

    /// <summary>The key that decrypted the request and encrypts the reply; null when the request was plain.</summary>
    public WeChatKey? Key { get; init; }

    public string? MsgId { get; init; }
    public string? Content { get; init; }
    public string? Event { get; init; }
    public string? EventKey { get; init; }
    public string? Ticket { get; init; }

    /// <summary>Of a message that sends it: where the sender is. It is answered and kept nowhere.</summary>
    public Place? Location { get; init; }

    /// <summary>The result that <c>TEMPLATESENDJOBFINISH</c> reports: <c>success</c> or <c>failed:…</c>.</summary>
    public string? Status { get; init; }

    public string? UnionId { get; init; }
    public string? CardId { get; init; }
    public string? UserCardCode { get; init; }
    public string? OuterStr { get; init; }
    public bool IsGiveByFriend { get; init; }
    public string? FriendUserName { get; init; }
    public string? OldUserCardCode { get; init; }
    public bool IsRestoreMemberCard { get; init; }

    public bool IsEvent => MsgType == "event";

    /// <summary>
    /// The same for every delivery of one message, and never that of another person's: from sender and MsgId where there is one, otherwise
    /// (events) from sender, time and event, as WeChat advises, and from the key or card that tells two events of one second apart. Hashed:
    /// it holds no OpenID.
    /// </summary>
    public string DedupeKey => MsgId is not null
        ? Ids.Derived("wx-", "message", ToUser, FromUser, Event, MsgId)
        : Ids.Derived("wx-", "event", ToUser, FromUser, Event, CreateTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            EventKey, UserCardCode);

    /// <summary>The scene string of the QR code that was scanned, whether the scan subscribed or the sender already had.</summary>
    public string? SceneText => Event switch
    {
        "subscribe" when EventKey is not null && EventKey.StartsWith(ScenePrefix, StringComparison.Ordinal) =>
            EventKey[ScenePrefix.Length..],
        "SCAN" => EventKey,
        _ => null,
    };

    public WeChatScene Scene => WeChatScene.Parse(SceneText);

    private const string ScenePrefix = "qrscene_";

    /// <summary>Problem: <c>wechat-malformed</c> with the path of the field that is missing or wrong.</summary>
    internal static Outcome<WeChatMessage> From(WeChatEnvelope envelope)
    {
        if (envelope["ToUserName"] is not { } to) return Missing(envelope, "ToUserName");
        if (envelope["FromUserName"] is not { } from) return Missing(envelope, "FromUserName");
        if (PersonIdentity.OpenId(from).Problem is not null) return Wrong(envelope, "FromUserName", "an OpenID");
        if (envelope["MsgType"] is not { } type) return Missing(envelope, "MsgType");
        if (type == "event" && envelope["Event"] is null) return Missing(envelope, "Event");
        if (envelope["CreateTime"] is not { } created) return Missing(envelope, "CreateTime");
        if (!long.TryParse(created, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return Wrong(envelope, "CreateTime", "a Unix time in seconds");

        return new WeChatMessage
        {
            ToUser = to,
            FromUser = from,
            CreateTime = DateTimeOffset.FromUnixTimeSeconds(seconds),
            MsgType = type,
            Form = envelope.Form,
            MsgId = envelope["MsgId"] ?? envelope["MsgID"],
            Content = WeChatReply.Clean(envelope["Content"]),
            Event = envelope["Event"],
            EventKey = envelope["EventKey"],
            Ticket = envelope["Ticket"],
            Location = type == "location" ? LocationOf(envelope) : null,
            Status = envelope["Status"],
            UnionId = envelope["UnionId"],
            CardId = envelope["CardId"],
            UserCardCode = envelope["UserCardCode"],
            OuterStr = envelope["OuterStr"],
            IsGiveByFriend = IsSet(envelope["IsGiveByFriend"]),
            FriendUserName = envelope["FriendUserName"],
            OldUserCardCode = envelope["OldUserCardCode"],
            IsRestoreMemberCard = IsSet(envelope["IsRestoreMemberCard"]),
        };
    }

    /// <summary>Null for what is no place on earth.</summary>
    private static Place? LocationOf(WeChatEnvelope envelope) =>
        Degrees(envelope["Location_X"], 90) is { } north && Degrees(envelope["Location_Y"], 180) is { } east ? new Place(north, east) : null;

    private static decimal? Degrees(string? text, int most) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees : null;

    private static bool IsSet(string? flag) => flag is "1" or "true";

    private static Problem Missing(WeChatEnvelope envelope, string name) =>
        new("wechat-malformed", $"{name} is missing.", envelope.PathOf(name));

    private static Problem Wrong(WeChatEnvelope envelope, string name, string expected) =>
        new("wechat-malformed", $"{name} is not {expected}.", envelope.PathOf(name));
}
