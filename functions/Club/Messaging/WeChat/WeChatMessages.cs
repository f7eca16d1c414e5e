using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Club.Messaging;

/// <summary>Sends template messages by WeChat's API (<c>/cgi-bin/message/template/send</c>). Whether one arrived, an event tells.</summary>
public sealed class WeChatMessages(WeChatTokens tokens, WeChatHttp http, IOptions<WeChatApiOptions> options) : IWeChatMessages
{
    /// <summary>The day's calls are used up; they begin anew at midnight.</summary>
    private static readonly TimeSpan Daily = TimeSpan.FromHours(1);

    /// <summary>Too many in a minute.</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public bool IsReady => options.Value is { AppId.Length: > 0, AppSecret.Length: > 0 };

    public async Task<SmsResult> Send(WeChatTemplate message, CancellationToken cancellation)
    {
        string? refused = null;
        // A token that WeChat gave up before its time is made anew once.
        for (var attempt = 0; ; attempt++)
        {
            var (token, problem) = await tokens.Get(refused, cancellation);
            if (token is null) return problem!;
            var answer = await http.Post($"/cgi-bin/message/template/send?access_token={Uri.EscapeDataString(token)}", BodyOf(message), cancellation);
            if (answer.Fault is { } fault) return fault;
            if (answer.Code is not (40001 or 42001 or 40014) || attempt > 0) return Result(answer, message);
            refused = token;
        }
    }

    private static JsonObject BodyOf(WeChatTemplate message)
    {
        var data = new JsonObject();
        foreach (var (name, value) in message.Data) data[name] = new JsonObject { ["value"] = value };
        var body = new JsonObject
        {
            ["touser"] = message.OpenId, ["template_id"] = message.TemplateId, ["client_msg_id"] = message.ClientId, ["data"] = data,
        };
        if (message.Url is { } url) body["url"] = url;
        return body;
    }

    /// <summary>What the sentence beside a code says is not kept: it may name the follower.</summary>
    private static SmsResult Result(WeChatAnswer answer, WeChatTemplate message) => answer.Code switch
    {
        0 when answer.Number("msgid") is { } id => new SmsResult.Accepted(IdOf(id)),
        // It was sent in an attempt whose answer was lost.
        45065 => new SmsResult.Accepted(IdOf(answer.Number("msgid")) ?? message.ClientId),
        0 or -1 or 40001 or 42001 or 40014 => Later(answer.Code),
        45009 => Later(answer.Code, Daily),
        45011 or 45047 => Later(answer.Code, Minute),
        // 40003: no OpenID of this account; 43004: follows no more; 43101: refused.
        var code => new SmsResult.Refused(code.ToString(CultureInfo.InvariantCulture), "WeChat refused it."),
    };

    private static SmsResult.TryLater Later(long code, TimeSpan? after = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"WeChat answered {code}."), after);

    /// <summary>As records and events name it: ids of text messages are others.</summary>
    public static string? IdOf(long? msgId) => msgId is { } id ? string.Create(CultureInfo.InvariantCulture, $"wechat:{id}") : null;

    public static string IdOf(long msgId) => IdOf((long?)msgId)!;
}
