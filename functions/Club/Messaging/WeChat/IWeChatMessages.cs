namespace Club.Messaging;

/// <summary>A template message 模板消息 to one follower of the official account.</summary>
/// <param name="OpenId">Whom it is for.</param>
/// <param name="TemplateId">The template, as the account's console names it.</param>
/// <param name="Url">Where a tap leads; null: nowhere.</param>
/// <param name="Data">What stands at the template's names.</param>
/// <param name="ClientId">The same in every attempt, so that WeChat sends once; 1 to 32 characters, no personal data.</param>
public sealed record WeChatTemplate(string OpenId, string TemplateId, string? Url, IReadOnlyDictionary<string, string> Data,
    string ClientId)
{
    /// <summary>Without person and text, so that logs stay free of them.</summary>
    public override string ToString() => $"WeChat template {TemplateId} {ClientId}";
}

/// <summary>The club's way to write to followers. A fault of the network is an answer (<see cref="SmsResult.TryLater"/>), not an
/// exception.</summary>
public interface IWeChatMessages
{
    /// <summary>Whether there is a secret to ask for a token with.</summary>
    bool IsReady { get; }

    Task<SmsResult> Send(WeChatTemplate message, CancellationToken cancellation);
}
