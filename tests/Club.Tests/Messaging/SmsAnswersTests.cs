using Club.Messaging;
using Xunit;

namespace Club.Tests.Messaging;

public sealed class SmsAnswersTests
{
    private static readonly SmsReplies Replies = new SmsOptions().Replies;

    [Theory]
    [InlineData("R", " r ", "Ｒ", "ｔｄ", "T", "Stop", "退订", "退订。", "“拒收”", "n", "QX", "R R", "T.D.", "s t o p")]
    [InlineData("回复R", "回R", "回T退订", "拒收R", "R退订", "TD退订", "退订谢谢", "请退订", "退訂", "取消订阅", "取消訂閱", "R~", "R、", "（R）", "【R】", "R👌", "退订🙏🙏",
        "R！！！")]
    [InlineData("UNSUBSCRIBE", "Cancel", "end", "QUIT", "STOPALL", "STOP please", "please stop", "Unsubscribe me, thanks",
        "I want to unsubscribe", "stop sending me messages")]
    [InlineData("我要退订，谢谢！", "麻烦帮我退订一下", "拒收请回复R", "回复：R", "退 订", "ｒ　退訂　謝謝", "拒绝接收", "屏蔽", "取消", "停止发送", "退定", "勿扰")]
    [InlineData("不要再发了", "别发了", "别再给我发短信了", "請不要再發簡訊", "不想收到你们的广告", "不再接收", "请勿打扰", "别烦我", "不要发垃圾短信")]
    public void What_people_write_to_refuse_is_read(params string[] texts) =>
        Assert.All(texts, text => Assert.Equal(SmsIntent.OptOut, Replies.Read(text)));

    [Theory]
    [InlineData("start", "UNSTOP", "恢复!", "请恢复短信", "重新订阅", "恢復", "START please")]
    public void These_words_ask_for_messages_again(params string[] texts) =>
        Assert.All(texts, text => Assert.Equal(SmsIntent.OptIn, Replies.Read(text)));

    [Theory]
    [InlineData("", "。", "谢谢", "好的", "RR", "8", "请问R是什么", "怎么退订", "退订吗")]
    [InlineData("不要退订", "不退订", "别退订", "请不要取消", "我没有退订", "不想退订", "不拒收", "勿退订", "不要停止发送", "取消退订", "停止拒收", "拒绝退订", "退订 START")]
    [InlineData("R8 很好", "R8", "退订R8", "T恤多少钱", "我的车是T5", "stop by tomorrow", "don't stop", "I can't stop", "thank you, T", "end of month",
        "cancel my booking", "取消预约", "取消会员", "不要发货", "不用发票")]
    public void What_is_no_refusal_is_left_to_people(params string[] texts) =>
        Assert.All(texts, text => Assert.Equal(SmsIntent.Other, Replies.Read(text)));

    [Fact]
    public void A_refusal_stays_one_in_any_width_case_punctuation_and_politeness()
    {
        string[] words = ["R", "TD", "退订", "退訂", "STOP", "取消订阅"], before = ["", "请", "回复", "麻烦 ", "“", "　"],
            after = ["", "。", "！！", " 谢谢", "~", "👌", "）", "\u200B", "\r\n"];
        foreach (var word in words)
            foreach (var form in new[] { word, word.ToLowerInvariant(), Wide(word) })
                Assert.All(before.SelectMany(left => after.Select(right => left + form + right)), text =>
                    Assert.Equal(SmsIntent.OptOut, Replies.Read(text)));
    }

    [Fact]
    public void One_unknown_word_more_makes_it_no_refusal()
    {
        foreach (var word in new[] { "R", "退订", "STOP", "拒收" })
            foreach (var other in new[] { "不", "别", "没", "明锐", "为什么", "吗", " X5", " car", " not", "谁", "7" })
                Assert.All([$"{word}{other}", $"{other} {word}"], text => Assert.Equal(SmsIntent.Other, Replies.Read(text)));
    }

    [Theory]
    [InlineData("拒收请回复R", "R")]
    [InlineData("退订回N", "N")]
    [InlineData("退订回T", "T")]
    [InlineData("回TD退订", "TD")]
    [InlineData("回复“QX”退订", "QX")]
    [InlineData("退订回复0000", "0000")]
    [InlineData("拒收请回复Ｙ", "Y")]
    [InlineData("，详情回复1，退订回K2", "K2")]
    [InlineData("退订回T或TD", "T,TD")]
    [InlineData("TD退订", "TD")]
    [InlineData("退订T", "T")]
    [InlineData("退訂請回覆 NO", "NO")]
    [InlineData("如需取消请回复退订", "退订")]
    [InlineData(" Reply STOP to unsubscribe", "STOP")]
    [InlineData(" Text leave to opt out", "LEAVE")]
    public void The_word_to_refuse_with_is_read_from_the_setting(string line, string words)
    {
        Assert.Equal(words.Split(','), OptOutLine.Words(line));
        var replies = new SmsOptions { OptOut = line }.Replies;
        Assert.All(words.Split(','), word => Assert.Equal(SmsIntent.OptOut, replies.Read($"回复{word}，谢谢")));
        Assert.Equal(SmsIntent.Other, replies.Read($"{words.Split(',')[0]}9 很好"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(4003)]
    [InlineData(4007)]
    public void A_refusal_is_final(int status) =>
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Assert.IsType<SmsResult.Refused>(SmsResult.Of(status, null, "no")).Code);

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

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and < '\x7F' ? (char)(c + 0xFEE0) : c));
}
