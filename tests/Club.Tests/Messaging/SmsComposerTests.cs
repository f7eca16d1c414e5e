using Club.Messaging;
using Xunit;

namespace Club.Tests.Messaging;

public sealed class SmsComposerTests
{
    [Fact]
    public void Signature_text_and_opt_out_stand_in_order()
    {
        Assert.Equal("【车友会】王女士，生日快乐！拒收请回复R", SmsComposer.Compose("车友会", "王女士，生日快乐！ ", "拒收请回复R").Value);
        Assert.Equal("【车友会】验证码1234", SmsComposer.Compose("车友会", "验证码1234", null).Value);
    }

    [Theory]
    [InlineData("车")]
    [InlineData("")]
    [InlineData("一二三四五六七八九十一二三四五六七")]
    [InlineData("车】友")]
    [InlineData("车 友")]
    public void A_signature_of_another_shape_is_refused(string signature) =>
        Assert.Equal("sms-signature", SmsComposer.Compose(signature, "x", null).Problem?.Code);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("【别的公司】x")]
    [InlineData("x】")]
    public void A_text_that_is_empty_or_signs_itself_is_refused(string body) =>
        Assert.Equal("sms-body", SmsComposer.Compose("车友会", body, "R").Problem?.Code);

    [Fact]
    public void The_whole_message_is_bounded()
    {
        const int around = 5 + 6;
        Assert.Equal(500, SmsComposer.Compose("车友会", new string('中', 500 - around), "拒收请回复R").Value.Length);
        Assert.Equal("sms-too-long", SmsComposer.Compose("车友会", new string('中', 501 - around), "拒收请回复R").Problem?.Code);
        Assert.True(SmsComposer.Compose("一二三四五六七八九十一二三四五六", "x", null).Succeeded);
    }
}
