using System.Net;
using System.Text.Json;
using Azure.Communication.Sms;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Club.Azure;
using Club.Messaging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Azure;

public sealed class AcsSmsTests : IDisposable
{
    private const string To = "+8613800138000";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 20, 0, TimeSpan.FromHours(8));
    private static readonly SmsMessage Birthday = new(To, "【车友会】生日快乐！拒收请回复R", SmsMessage.RepeatabilityIdOf("M1:birthday:2026"), Now,
        "M1:birthday:2026");

    private readonly FakeTimeProvider _time = new(Now);
    private readonly Provider _provider = new();

    public void Dispose() => _provider.Dispose();

    [Fact]
    public async Task A_message_is_posted_as_the_service_describes_it()
    {
        _provider.Answers(HttpStatusCode.Accepted, Accepted("m-1"));
        await Send(Birthday);

        var (method, address, headers, body) = Assert.Single(_provider.Requests);
        Assert.Equal(HttpMethod.Post, method);
        Assert.Equal("https://club.communication.azure.com/sms?api-version=2021-03-07", address.AbsoluteUri);
        Assert.Equal("Bearer token-for-https://communication.azure.com//.default", headers["Authorization"]);
        Assert.Equal("application/json", headers["Accept"]);
        Assert.Equal("application/json", headers["Content-Type"]);
        Assert.Equal(
            """
            {"from":"+8610000000","smsRecipients":[{"to":"+8613800138000","repeatabilityRequestId":"ID","repeatabilityFirstSent":"Mon, 02 Mar 2026 02:20:00 GMT"}],"message":"【车友会】生日快乐！拒收请回复R","smsSendOptions":{"enableDeliveryReport":true,"tag":"M1:birthday:2026"}}
            """.Replace("ID", Birthday.RepeatabilityId.ToString(), StringComparison.Ordinal), body);
    }

    [Fact]
    public async Task A_message_without_a_tag_has_none() =>
        Assert.False((await BodyOf(Birthday with { Tag = null })).GetProperty("smsSendOptions").TryGetProperty("tag", out _));

    [Fact]
    public async Task Another_attempt_says_the_same_so_that_the_service_sends_once()
    {
        var first = await BodyOf(Birthday);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(first.GetRawText(), (await BodyOf(Birthday)).GetRawText());
        Assert.NotEqual(
            first.GetProperty("smsRecipients")[0].GetProperty("repeatabilityRequestId").GetString(),
            (await BodyOf(Birthday with { RepeatabilityId = SmsMessage.RepeatabilityIdOf("M1:birthday:2027") }))
            .GetProperty("smsRecipients")[0].GetProperty("repeatabilityRequestId").GetString());
    }

    [Fact]
    public async Task Messages_that_are_sent_at_once_keep_their_ids_apart()
    {
        _provider.Answers(HttpStatusCode.Accepted, Accepted("m-1"));
        var messages = Enumerable.Range(0, 20)
            .Select(i => Birthday with { RepeatabilityId = SmsMessage.RepeatabilityIdOf($"M{i}"), Tag = $"M{i}" }).ToList();
        await Task.WhenAll(messages.Select(message => Task.Run(() => Send(message))));
        var sent = _provider.Requests.Select(request => JsonElement.Parse(request.Body))
            .ToDictionary(body => body.GetProperty("smsSendOptions").GetProperty("tag").GetString()!, body =>
                body.GetProperty("smsRecipients")[0].GetProperty("repeatabilityRequestId").GetGuid());
        Assert.All(messages, message => Assert.Equal(message.RepeatabilityId, sent[message.Tag!]));
    }

    [Theory]
    [InlineData("""{"recipients":[{"to":"+8613800138000"}]}""")]
    [InlineData("""{"smsRecipients":[]}""")]
    [InlineData("""{"smsRecipients":[{"to":"+8613800138000"},{"to":"+8613800138001"}]}""")]
    public async Task A_request_of_another_form_is_not_sent(string body)
    {
        using (StableRepeatability.Of(Birthday)) await Assert.ThrowsAsync<NotSupportedException>(() => Post(body));
        Assert.Empty(_provider.Requests);
    }

    [Fact]
    public async Task A_request_without_a_message_is_not_sent()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Post("""{"smsRecipients":[{"to":"+8613800138000"}]}"""));
        Assert.Empty(_provider.Requests);
    }

    [Fact]
    public async Task An_accepted_message_has_the_services_id() =>
        Assert.Equal(new SmsResult.Accepted("m-1"), await Answered(HttpStatusCode.Accepted, Accepted("m-1")));

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(4003)]
    [InlineData(4007)]
    public async Task A_recipient_refused_inside_a_202_is_final(int code)
    {
        var refused = Assert.IsType<SmsResult.Refused>(await Answered(HttpStatusCode.Accepted, Failed(code, "Invalid To number.")));
        Assert.Equal($"{code} Invalid To number.", $"{refused.Code} {refused.Reason}");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_recipient_that_failed_for_now_inside_a_202_is_tried_later(int code) =>
        Assert.Equal(new SmsResult.TryLater("Busy."), await Answered(HttpStatusCode.Accepted, Failed(code, "Busy.")));

    [Fact]
    public async Task An_id_without_success_is_not_taken_for_sent() =>
        Assert.IsType<SmsResult.TryLater>(
            await Answered(HttpStatusCode.Accepted,
            """{"value":[{"to":"+8613800138000","messageId":"m-1","httpStatusCode":202,"successful":false}]}"""));

    [Theory]
    [InlineData("")]
    [InlineData("accepted")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"value":[]}""")]
    [InlineData("""{"value":[null]}""")]
    [InlineData("""{"value":"m-1"}""")]
    public async Task A_202_that_says_nothing_is_asked_again(string body) =>
        Assert.Equal(new SmsResult.TryLater("The provider's answer is not readable."), await Answered(HttpStatusCode.Accepted, body));

    [Fact]
    public async Task A_throttled_message_waits_as_long_as_the_service_says() =>
        Assert.Equal(TimeSpan.FromSeconds(17), (await Later(HttpStatusCode.TooManyRequests, "17")).RetryAfter);

    [Fact]
    public async Task A_wait_can_be_given_as_a_date() =>
        Assert.Equal(TimeSpan.FromMinutes(5), (await Later(HttpStatusCode.ServiceUnavailable, "Mon, 02 Mar 2026 02:25:00 GMT")).RetryAfter);

    [Fact]
    public async Task A_date_that_has_passed_means_now() =>
        Assert.Equal(TimeSpan.Zero, (await Later(HttpStatusCode.ServiceUnavailable, "Mon, 02 Mar 2026 02:15:00 GMT")).RetryAfter);

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("-5")]
    public async Task Without_a_readable_wait_the_club_takes_its_own(string? retryAfter) =>
        Assert.Null((await Later(HttpStatusCode.InternalServerError, retryAfter)).RetryAfter);

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_missing_permission_of_ours_costs_no_member_the_message(HttpStatusCode status) =>
        Assert.IsType<SmsResult.TryLater>(await Answered(status, ""));

    [Fact]
    public async Task A_request_that_is_refused_tells_why() =>
        Assert.Equal(new SmsResult.Refused("400", "The from number is not leased."),
            await Answered(HttpStatusCode.BadRequest, """{"error":{"code":"BadRequest","message":"The from number is not leased."}}"""));

    [Fact]
    public async Task The_number_stays_out_of_the_reason() =>
        Assert.Equal(new SmsResult.Refused("400", "+… and … are wrong."),
            await Answered(HttpStatusCode.Accepted, Failed(400, $"{To} and 8613800138000 are wrong.")));

    [Fact]
    public async Task A_broken_connection_is_an_answer_and_is_tried_once()
    {
        _provider.Throws(new HttpRequestException("No route to +8613800138000."));
        var later = Assert.IsType<SmsResult.TryLater>(await Send(Birthday));
        Assert.DoesNotContain("138", later.Reason, StringComparison.Ordinal);
        Assert.Single(_provider.Requests);
    }

    [Fact]
    public async Task A_throttled_message_is_tried_once_and_then_left_to_the_clubs_schedule()
    {
        _provider.Answers(HttpStatusCode.TooManyRequests, "");
        await Send(Birthday);
        Assert.Single(_provider.Requests);
    }

    [Fact]
    public async Task Silence_is_an_answer()
    {
        _provider.Throws(new TaskCanceledException("The connection timed out."));
        Assert.Equal(new SmsResult.TryLater("The provider did not answer in time."), await Send(Birthday));
    }

    [Fact]
    public async Task An_identity_that_gets_no_token_is_an_answer()
    {
        var sms = new AcsSms(Options, DelegatedTokenCredential.Create((_, _) => throw new AuthenticationFailedException("no identity")),
            _time, new HttpClientTransport(_provider));
        Assert.IsType<SmsResult.TryLater>(await sms.Send(Birthday, TestContext.Current.CancellationToken));
        Assert.Empty(_provider.Requests);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_told_so()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        _provider.Answers(HttpStatusCode.Accepted, Accepted("m-1"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sms.Send(Birthday, cancelled.Token));
    }

    private static AcsSmsOptions Options => new() { Endpoint = new Uri("https://club.communication.azure.com/"), From = "+8610000000" };

    private AcsSms Sms => new(
        Options,
        DelegatedTokenCredential.Create((context, _) =>
        new AccessToken("token-for-" + string.Join(' ', context.Scopes), DateTimeOffset.MaxValue)),
        _time, new HttpClientTransport(_provider));

    private async Task Post(string body)
    {
        var options = new SmsClientOptions { Transport = new HttpClientTransport(_provider) };
        var pipeline = HttpPipelineBuilder.Build(options, new StableRepeatability());
        using var exchange = pipeline.CreateMessage();
        exchange.Request.Uri.Reset(new Uri("https://club.communication.azure.com/sms"));
        exchange.Request.Content = RequestContent.Create(body);
        await pipeline.SendAsync(exchange, TestContext.Current.CancellationToken);
    }

    private Task<SmsResult> Send(SmsMessage message) => Sms.Send(message, TestContext.Current.CancellationToken);

    private async Task<SmsResult> Answered(HttpStatusCode status, string body)
    {
        _provider.Answers(status, body);
        return await Send(Birthday);
    }

    private async Task<SmsResult.TryLater> Later(HttpStatusCode status, string? retryAfter)
    {
        _provider.Answers(status, "", retryAfter);
        return Assert.IsType<SmsResult.TryLater>(await Send(Birthday));
    }

    private async Task<JsonElement> BodyOf(SmsMessage message)
    {
        _provider.Answers(HttpStatusCode.Accepted, Accepted("m-1"));
        await Send(message);
        return JsonElement.Parse(_provider.Requests[^1].Body);
    }

    private static string Accepted(string id) =>
        $$"""{"value":[{"to":"{{To}}","messageId":"{{id}}","httpStatusCode":202,"repeatabilityResult":"accepted","successful":true}]}""";

    private static string Failed(int code, string error) =>
        $$"""{"value":[{"to":"{{To}}","httpStatusCode":{{code}},"successful":false,"errorMessage":"{{error}}"}]}""";

    private sealed record Sent(HttpMethod Method, Uri Address, Dictionary<string, string> Headers, string Body);

    /// <summary>The service, one answer for every request.</summary>
    private sealed class Provider : HttpMessageHandler
    {
        private Func<HttpResponseMessage> _answer = () => throw new InvalidOperationException("No answer was set.");

        public List<Sent> Requests { get; } = [];

        public void Answers(HttpStatusCode status, string body, string? retryAfter = null) => _answer = () =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
            if (retryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return response;
        };

        public void Throws(Exception fault) => _answer = () => throw fault;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var headers = request.Headers.Concat<KeyValuePair<string, IEnumerable<string>>>(request.Content!.Headers)
                .ToDictionary(h => h.Key, h => string.Join(' ', h.Value));
            var body = await request.Content.ReadAsStringAsync(cancellationToken);
            lock (Requests) Requests.Add(new Sent(request.Method, request.RequestUri!, headers, body));
            return _answer();
        }
    }
}
