using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Store;
using Microsoft.Extensions.Options;

namespace Club.Messaging;

/// <summary>
/// The one holder of the account's token. WeChat gives everybody who asks the same one while it is good (<c>stable_token</c>), so hosts
/// that ask at once meet no harm; the store keeps it for all of them, and it is asked for anew five minutes before its end, when the old
/// one and the new one are good beside each other.
/// </summary>
public sealed class WeChatTokens(IClubStore store, WeChatHttp http, IOptions<WeChatApiOptions> options, ClubCalendar calendar)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    /// <summary>A good token.</summary>
    /// <param name="refused">One that WeChat does not take though it should be good.</param>
    /// <returns>Or why there is none now.</returns>
    public async Task<(string? Token, SmsResult? Problem)> Get(string? refused, CancellationToken cancellation)
    {
        var partition = WeChatToken.PartitionOf(options.Value.AppId);
        var kept = await store.Read<WeChatToken>(partition, WeChatToken.Id, cancellation);
        if (kept?.Value is { } known && known.Until - Early > calendar.Now && known.Value != refused) return (known.Value, null);
        var (token, problem) = await Ask(isForced: false, cancellation);
        // Only where WeChat gives the refused one again it must be made anew: that may be asked for twenty times a day.
        if (token?.Value == refused && token is not null) (token, problem) = await Ask(isForced: true, cancellation);
        if (token is null) return (null, problem);
        // Whoever was faster keeps the same.
        await store.Commit(partition, [token.ToWrite(kept?.ETag)], cancellation);
        return (token.Value, null);
    }

    private async Task<(WeChatToken? Token, SmsResult? Problem)> Ask(bool isForced, CancellationToken cancellation)
    {
        var answer = await http.Post("/cgi-bin/stable_token", new JsonObject
        {
            ["grant_type"] = "client_credential", ["appid"] = options.Value.AppId, ["secret"] = options.Value.AppSecret,
            ["force_refresh"] = isForced,
        }, cancellation);
        if (answer.Fault is { } fault) return (null, fault);
        return answer.Text("access_token") is { Length: > 0 } token && answer.Number("expires_in") is { } seconds
            ? (new WeChatToken { Value = token, Until = calendar.Now.AddSeconds(seconds) }, null)
            : (null, new SmsResult.TryLater($"WeChat gave no token: {answer.Code}."));
    }
}
