using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Store;

namespace Club.Messaging;

/// <summary>What WeChat's API lets the account in with; one for all hosts.</summary>
public sealed record WeChatToken : IStored<WeChatToken>
{
    public const string Id = "token";

    public required string Value { get; init; }

    /// <summary>From then on it is good no more.</summary>
    public required DateTimeOffset Until { get; init; }

    public static string PartitionOf(string appId) => $"wechat:{appId}";

    static string IStored<WeChatToken>.DocumentType => "weChatToken";
    static JsonTypeInfo<WeChatToken> IStored<WeChatToken>.JsonType => MessagingDocuments.Default.WeChatToken;
    [JsonIgnore] public string DocumentId => Id;
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
