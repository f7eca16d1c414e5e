using System.Text;
using Club.Edges.Sms;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Edges;

public sealed class EventGridSmsTests
{
    private const string Report = """
        {"id":"e1","topic":"/subscriptions/x","subject":"/phonenumber/8613800138000","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"2026-03-02T02:20:01Z",
         "data":{"messageId":"m1","from":"15555555555","to":"8613800138000","deliveryStatus":"Delivered","deliveryStatusDetails":"No error.","receivedTimestamp":"2026-03-02T02:20:00.2855749Z",
                 "deliveryAttempts":[{"timestamp":"2026-03-02T02:19:59Z","segmentsSucceeded":1,"segmentsFailed":0}],"Tag":"welcome"}}
        """;

    private const string Received = """
        {"id":"e2","eventType":"Microsoft.Communication.SMSReceived","data":{"messageId":"m2","from":"8613800138000","to":"15555555555","message":"退订","receivedTimestamp":"2026-03-02T02:21:00Z","segmentCount":1}}
        """;

    private const string Other = """{"id":"e3","eventType":"Microsoft.Storage.BlobCreated","data":{}}""";

    private static readonly DateTimeOffset ReportedAt = new DateTimeOffset(2026, 3, 2, 2, 20, 0, TimeSpan.Zero).AddTicks(2855749);

    [Fact]
    public void The_handshake_gives_its_code()
    {
        var events = Parse(
            """[{"id":"h","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6","validationUrl":"https://x"}}]""").Value;
        Assert.Equal(new SmsEvent.SubscriptionValidation("h", "512d38b6"), Assert.Single(events.Events));
    }

    [Fact]
    public void Reports_and_replies_are_read_and_other_events_counted()
    {
        var events = Parse($"[{Report},{Other},{Received}]").Value;
        Assert.Equal(1, events.Ignored);
        Assert.Equal(
            [
                new SmsEvent.DeliveryReport("e1", "m1", "+8613800138000", "Delivered", "No error.", "welcome", ReportedAt),
                new SmsEvent.Received("e2", "+8613800138000", "退订", new DateTimeOffset(2026, 3, 2, 2, 21, 0, TimeSpan.Zero)),
            ],
            events.Events);
        Assert.Equal(DeliveryOutcome.Delivered, ((SmsEvent.DeliveryReport)events.Events[0]).Outcome);
    }

    [Fact]
    public void The_same_event_reads_the_same_as_a_CloudEvent()
    {
        var cloud = Report.Replace("\"eventType\":", "\"specversion\":\"1.0\",\"source\":\"/x\",\"type\":", StringComparison.Ordinal);
        Assert.Equal(Parse($"[{Report}]").Value.Events, Parse(cloud).Value.Events);
        Assert.Equal(Parse($"[{Report}]").Value.Events, Parse($"[{cloud}]").Value.Events);
    }

    [Fact]
    public void What_is_optional_may_be_absent()
    {
        var report = Assert.IsType<SmsEvent.DeliveryReport>(
            Parse("""[{"id":"e","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"messageId":"m","to":"+8613800138000","deliveryStatus":"Failed","Tag":null}}]""").Value.Events[0]);
        Assert.Equal((null, null, null, DeliveryOutcome.Failed, "+8613800138000"),
            (report.Details, report.Tag, report.ReceivedAt, report.Outcome, report.To));
        Assert.Empty(Parse("[]").Value.Events);
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("[", "$")]
    [InlineData("3", "$")]
    [InlineData("[3]", "$[0]")]
    [InlineData("[{}]", "$[0].eventType")]
    [InlineData("""{"specversion":"1.0"}""", "$.type")]
        [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived"}]""", "$[0].id")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":""}]""", "$[0].id")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":"1"}]""", "$[0].data")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":"1","data":"x"}]""", "$[0].data")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":"1","data":{"message":"R"}}]""", "$[0].data.from")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":"1","data":{"from":"1","message":5}}]""", "$[0].data.message")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":"1","data":{"from":"1","message":"","receivedTimestamp":"yesterday"}}]""", "$[0].data.receivedTimestamp")]
    [InlineData("""[{"eventType":"Microsoft.Communication.SMSReceived","id":"1","data":{"from":"1","message":"\ud83d"}}]""", "$[0]")]
    [InlineData("""[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","id":"1","data":{}}]""", "$[0].data.validationCode")]
    public void What_is_malformed_is_named_by_its_path(string body, string path)
    {
        var problem = Parse(body).Problem;
        Assert.Equal(("sms-event-malformed", path), (problem?.Code, problem?.Path));
    }

    [Theory]
    [InlineData("""{"eventType":"Microsoft.Communication.SMSDeliveryReportReceived","id":"x","data":{"to":"1"}}""", "$[1].data.messageId")]
    [InlineData("""{"eventType":"Microsoft.Communication.SMSReceived","id":"x","data":{"from":"1","message":"\ud83d"}}""", "$[1]")]
    [InlineData("""{"eventType":7}""", "$[1].eventType")]
    [InlineData("[[]]", "$[1]")]
    [InlineData("null", "$[1]")]
    public void A_malformed_event_loses_none_of_the_others(string bad, string path)
    {
        var events = Parse($"[{Received},{bad},{Report}]").Value;
        Assert.Equal(["e2", "e1"], events.Events.Select(told => told.EventId));
        Assert.Equal((bad, "sms-event-malformed", path),
            events.Malformed.Select(one => (one.Raw, one.Problem.Code, one.Problem.Path)).Single());
    }

    [Fact]
    public void A_deep_event_and_a_byte_order_mark_lose_nothing()
    {
        var deep = $$"""{"eventType":"x","data":{{new string('[', 500)}}{{new string(']', 500)}}}""";
        Assert.Equal(("e2", 1), (Parse($"\uFEFF[{deep},{Received}]").Value.Events.Single().EventId,
            Parse($"\uFEFF[{deep},{Received}]").Value.Ignored));
    }

    [Theory]
    [InlineData("Delivered", DeliveryOutcome.Delivered)]
    [InlineData("delivered", DeliveryOutcome.Delivered)]
    [InlineData("Failed", DeliveryOutcome.Failed)]
    [InlineData("Rejected", DeliveryOutcome.Failed)]
    [InlineData("Enqueued", DeliveryOutcome.Unknown)]
    [InlineData("Sent", DeliveryOutcome.Unknown)]
    [InlineData("已送达", DeliveryOutcome.Unknown)]
    public void Only_the_last_word_of_a_report_counts(string word, DeliveryOutcome outcome) =>
        Assert.Equal(outcome, (
            (SmsEvent.DeliveryReport)Parse(
            Report.Replace("Delivered\"", $"{word}\"", StringComparison.Ordinal)).Value.Events.Single()).Outcome);

    [Fact]
    public void A_long_reason_is_bounded_and_stays_whole_Unicode()
    {
        var report = (SmsEvent.DeliveryReport)Parse(
            Report.Replace("No error.", new string('x', 199) + string.Concat(Enumerable.Repeat("😀", 10_000)),
            StringComparison.Ordinal)).Value.Events.Single();
        Assert.Equal(200, report.Details!.Length);
        Assert.Equal(report.Details, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(report.Details)));
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Assert.Equal("sms-event-too-large", Parse(new string(' ', Limits.Body + 1)).Problem?.Code);
        Assert.Equal("sms-event-malformed", Parse(new string('[', 1000) + new string(']', 1000)).Problem?.Code);
    }

    [Fact]
    public void An_event_is_printed_without_number_and_text() =>
        Assert.All(Parse($"[{Report},{Received}]").Value.Events, e => Assert.Matches("^(DeliveryReport|Received) e[12]$", $"{e}"));

    private static Outcome<SmsEvents> Parse(string body) => EventGridSms.Parse(Encoding.UTF8.GetBytes(body));
}
