using System.Collections.Frozen;

namespace Club.Messaging;

/// <summary>What a member's answer to a message asks for.</summary>
public enum SmsIntent { Other, OptOut, OptIn }

/// <summary>
/// Reads answers. A reply refuses when it has a word of refusal and, beside it, nothing but politeness and words that come with it: 回复R,
/// 退订谢谢, STOP please. One word more than the club knows makes it <see cref="SmsIntent.Other"/>, for people to read: 不退订, R8 很好.
/// </summary>
public sealed class SmsReplies
{
    private const int LongestReply = 120;

    private static readonly string[] Refusals =
    [
        "退订", "退定", "退订阅", "拒收", "拒接", "拒绝", "屏蔽", "取消", "取消订阅", "取消推送", "取消发送", "取消接收", "停止", "停止订阅", "停发", "关闭", "终止",
        "勿扰", "别烦我", "别烦", "不要烦我", "不要订阅", "不订阅", "不再订阅", "退订服务", "退订业务",
    ];

    private static readonly string[] Codes = ["R", "T", "TD", "N", "QX", "STOP", "STOPALL", "UNSUBSCRIBE", "UNSUB", "CANCEL", "END", "QUIT",
        "OPTOUT"];
    private static readonly string[] OptIns = ["恢复", "恢复接收", "恢复订阅", "恢复发送", "恢复推送", "重新订阅", "重新接收", "START", "UNSTOP"];

    private static readonly string[] Polite =
    [
        "请", "麻烦", "拜托", "烦请", "你", "您", "你们", "您们", "我", "我们", "我要", "要", "我想", "想", "帮", "帮我", "给", "给我", "替我", "为我", "谢谢", "谢", "多谢",
            "感谢", "辛苦", "好的", "好", "嗯",
        "了", "吧", "啊", "呀", "哦", "哈", "啦", "嘛", "的", "一下", "回复", "回", "复", "发送", "发", "输入", "短信", "短讯", "简讯", "信息", "消息", "广告", "推广", "推销",
        "通知", "推送",
        "所有", "全部", "一切", "任何", "这个", "这些", "这种", "这类", "此", "此类", "本", "贵司", "贵公司", "你们的", "垃圾", "立即", "立刻", "马上", "现在", "都", "需要", "希望",
        "申请", "或", "或者",
        "打扰", "打扰了", "不好意思", "抱歉", "对不起", "你好", "您好", "亲", "以后", "今后", "接收", "再", "继续",
    ];

    private static readonly string[] PoliteAscii =
    [
        "PLEASE", "PLS", "PLZ", "REPLY", "SEND", "ME", "MY", "THANKS", "THANK", "YOU", "THX", "TKS", "NOW", "ALL", "IT", "THIS", "THESE",
            "YOUR", "SMS", "TEXT", "TEXTS", "MESSAGE", "MESSAGES", "MSG", "MSGS",
        "SENDING", "TEXTING", "MESSAGING", "FURTHER", "MORE", "ANY", "TO", "AND", "I", "WANT", "WOULD", "LIKE", "HI", "HELLO", "FROM",
        "ADS",
    ];

    /// <summary>A refusal of a refusal: 取消退订 may mean either.</summary>
    private static readonly string[] Negating = ["取消", "停止", "拒绝", "关闭", "终止"];
    private static readonly string[] Negated = ["退订", "退定", "拒收", "拒接", "屏蔽", "停发"];

    private readonly FrozenDictionary<string, Part> _chinese;
    private readonly FrozenDictionary<string, Part> _ascii;
    private readonly int _longest;

    /// <param name="own">The words that the brand's opt-out line asks for.</param>
    public SmsReplies(params IReadOnlyList<string> own)
    {
        var known = new Dictionary<string, Part>();
        foreach (var word in Polite.Concat(PoliteAscii)) known[word] = Part.Polite;
        foreach (var word in Refusals.Concat(Codes).Concat(DoNotSend())) known[word] = Part.Refusal;
        foreach (var word in OptIns) known[word] = Part.OptIn;
        foreach (var word in own) known[word] = Part.Refusal;
        _chinese = known.Where(word => !ReplyText.IsAscii(word.Key)).ToFrozenDictionary();
        _ascii = known.Where(word => ReplyText.IsAscii(word.Key)).ToFrozenDictionary();
        _longest = _chinese.Keys.Max(word => word.Length);
    }

    public SmsIntent Read(string text)
    {
        if (text.Length > LongestReply) return SmsIntent.Other;
        var parts = new List<(Part Part, string Word)>();
        foreach (var word in ReplyText.Words(text))
        {
            if (!ReplyText.IsAscii(word))
            {
                if (Segment(word) is not { } segments) return SmsIntent.Other;
                parts.AddRange(segments);
            }
            else if (_ascii.TryGetValue(word, out var part)) parts.Add((part, word));
            else return SmsIntent.Other;
        }
        return Meaning(parts);
    }

    private static SmsIntent Meaning(List<(Part Part, string Word)> parts)
    {
        var (refuses, asks) = (parts.Exists(part => part.Part == Part.Refusal), parts.Exists(part => part.Part == Part.OptIn));
        if (refuses == asks || IsNegated(parts) || IsSignature(parts)) return SmsIntent.Other;
        return refuses ? SmsIntent.OptOut : SmsIntent.OptIn;
    }

    private static bool IsNegated(List<(Part Part, string Word)> parts)
    {
        for (var i = 1; i < parts.Count; i++)
            if (Negating.Contains(parts[i - 1].Word) && Negated.Contains(parts[i].Word)) return true;
        return false;
    }

    /// <summary>A single letter after other English words is rather a name: "thank you, T".</summary>
    private static bool IsSignature(List<(Part Part, string Word)> parts)
    {
        var first = parts.FindIndex(part => part.Part == Part.Refusal);
        return first > 0 && parts[first].Word.Length == 1
            && parts.Take(first).Any(part => ReplyText.IsAscii(part.Word) && part.Word is not (
                "PLEASE" or "PLS" or "PLZ" or "REPLY" or "SEND" or "TEXT"));
    }

    /// <summary>A run of Chinese as known words, the longest first, in whichever way it comes out whole; null when none does.</summary>
    private List<(Part Part, string Word)>? Segment(string run)
    {
        var from = new int[run.Length + 1];
        Array.Fill(from, -1);
        from[run.Length] = run.Length;
        for (var at = run.Length - 1; at >= 0; at--)
            for (var length = Math.Min(_longest, run.Length - at); length > 0; length--)
                if (from[at + length] >= 0 && _chinese.ContainsKey(run.Substring(at, length))) { from[at] = at + length; break; }
        if (from[0] < 0) return null;
        var parts = new List<(Part, string)>();
        for (var at = 0; at < run.Length; at = from[at])
        {
            var word = run[at..from[at]];
            parts.Add((_chinese[word], word));
        }
        return parts;
    }

    /// <summary>不要再发, 别给我发, 请勿打扰, 不想收到, 不再接收, …</summary>
    private static IEnumerable<string> DoNotSend()
    {
        foreach (var not in (string[])["不要", "别", "勿", "请勿", "不用", "不必", "不准", "不许", "禁止", "停止"])
            foreach (var again in (string[])["", "再", "继续", "给我", "向我", "再给我", "再向我"])
                foreach (var send in (string[])["发", "发送", "发来", "推送", "打扰", "打扰我", "骚扰", "骚扰我"])
                    yield return not + again + send;
        foreach (var not in (string[])["不", "不想", "不要", "不再", "不愿", "不愿意", "不想再", "不要再", "拒绝", "停止"])
            foreach (var receive in (string[])["收到", "接收", "接受", "收"])
                yield return not + receive;
    }

    private enum Part { Polite, Refusal, OptIn }
}
