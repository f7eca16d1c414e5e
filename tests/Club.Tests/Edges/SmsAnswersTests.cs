using Club.Sms;
using Xunit;

namespace Club.Tests.Edges;

public sealed class SmsAnswersTests
{
    [Theory]
    [InlineData("R")]
    [InlineData(" r ")]
    [InlineData("Ｒ")]
    [InlineData("ｔｄ")]
    [InlineData("T")]
    [InlineData("Stop")]
    [InlineData("退订")]
    [InlineData("退订。")]
    [InlineData("“拒收”")]
    public void These_words_refuse_further_messages(string text) => Assert.Equal(SmsIntent.OptOut, SmsReply.Read(text));

    [Theory]
    [InlineData("start")]
    [InlineData("UNSTOP")]
    [InlineData("恢复!")]
    public void These_words_ask_for_messages_again(string text) => Assert.Equal(SmsIntent.OptIn, SmsReply.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("谢谢")]
    [InlineData("不要退订")]
    [InlineData("stop by tomorrow")]
    [InlineData("RR")]
    public void Anything_else_is_left_to_people(string text) => Assert.Equal(SmsIntent.Other, SmsReply.Read(text));

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(4003)]
    [InlineData(4007)]
    public void A_refusal_is_final(int status) => Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.IsType<SmsResult.Refused>(SmsResult.Of(status, null, "no")).Code);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public void Throttling_and_faults_are_tried_again(int status) =>
        Assert.Equal(new SmsResult.TryLater("busy", TimeSpan.FromSeconds(5)), SmsResult.Of(status, null, "busy", TimeSpan.FromSeconds(5)));

    [Fact]
    public void An_accepted_message_has_the_providers_id() => Assert.Equal(new SmsResult.Accepted("m1"), SmsResult.Of(202, "m1", null));

    [Fact]
    public void Every_attempt_carries_the_same_repeatability_id()
    {
        Assert.Equal(SmsMessage.RepeatabilityIdOf("M1:birthday:2026"), SmsMessage.RepeatabilityIdOf("M1:birthday:2026"));
        Assert.NotEqual(SmsMessage.RepeatabilityIdOf("M1:birthday:2026"), SmsMessage.RepeatabilityIdOf("M1:birthday:2027"));
        Assert.Equal(4, SmsMessage.RepeatabilityIdOf("M1:birthday:2026").Version);
    }
}
