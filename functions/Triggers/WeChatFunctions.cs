using Club.Edges.WeChat;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>The WeChat official account's callback.</summary>
public sealed class WeChatFunctions(WeChatConversation conversation)
{
    [Function("WeChat")]
    [Open("WeChat signs each call")]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "wechat")] HttpRequest request,
        CancellationToken cancellation)
    {
        var query = new WeChatQuery(
            Http.Query(request, "signature"), Http.Query(request, "timestamp"), Http.Query(request, "nonce"),
            Http.Query(request, "encrypt_type"), Http.Query(request, "msg_signature"), Http.Query(request, "echostr"));
        if (HttpMethods.IsGet(request.Method))
        {
            var echo = conversation.Verify(query);
            return echo.Succeeded ? Results.Text(echo.Value) : Http.Problem(echo.Problem!);
        }
        var reply = await conversation.Handle(query, await Http.Body(request, cancellation), cancellation);
        return reply.Succeeded ? Results.Text(reply.Value.Body, reply.Value.ContentType) : Http.Problem(reply.Problem!);
    }
}
