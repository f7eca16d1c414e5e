using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Club.Azure.Tests.Cloud;

/// <summary>What was posted to the SMS service.</summary>
internal sealed record PostedSms(string Authorization, JsonNode Body);

/// <summary>The wire of Communication Services SMS (REST 2021-03-07) and of the managed identity that its token comes from.</summary>
internal sealed class SmsEndpoint
{
    public const string IdentityHeader = "placeholder-identity-header";
    public const string Token = "placeholder-token-of-the-managed-identity";

    private readonly ConcurrentQueue<PostedSms> _posted = new();

    public IReadOnlyCollection<PostedSms> Posted => _posted;

    /// <summary>The identity endpoint of App Service: a token for whoever knows the header.</summary>
    public static async Task Identity(HttpContext context)
    {
        if (context.Request.Headers["X-IDENTITY-HEADER"] != IdentityHeader)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await context.Response.WriteAsJsonAsync(new
        {
            access_token = Token, expires_on = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(),
                resource = context.Request.Query["resource"].ToString(), token_type = "Bearer", client_id = Guid.Empty,
        });
    }

    public async Task Sms(HttpContext context)
    {
        var body = (await JsonSerializer.DeserializeAsync<JsonNode>(context.Request.Body, cancellationToken: context.RequestAborted))!;
        _posted.Enqueue(new PostedSms(context.Request.Headers.Authorization.ToString(), body));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsJsonAsync(new
        {
            value = body["smsRecipients"]!.AsArray().Select(recipient => new
            {
                to = (string?)recipient!["to"], messageId = $"sms-{_posted.Count}", httpStatusCode = 202, repeatabilityResult = "accepted",
                    successful = true,
            }),
        });
    }
}
