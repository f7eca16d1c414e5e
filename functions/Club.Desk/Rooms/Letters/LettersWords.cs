using Club.Care;
using Club.Desk.Words;

namespace Club.Desk.Rooms.Letters;

/// <summary>What the room of letters says.</summary>
public static class LettersWords
{
    public static readonly Said Letters = new("Letters", "邮寄关怀");
    public static readonly Said State = new("State", "状态");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said File = new("As a file (CSV)", "下载名单（CSV）");
    public static readonly Said Nobody = new("Nobody is to be written to.", "没有待寄信件。");
    public static readonly Said Kept = new("It is kept.", "已保存。");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said Elsewhere = new("another branch's", "非本店会员");
    public static readonly Said Address = new("Address", "通信地址");
    public static readonly Said Occasion = new("Occasion", "时机");
    public static readonly Said Until = new("Until", "有效期至");
    public static readonly Said Text = new("Text", "内容");
    public static readonly Said Became = new("What became of it", "结果");

    public static Said Of(LetterState state) => state switch
    {
        LetterState.Open => new("to be written", "待寄"),
        LetterState.Sent => new("sent", "已寄"),
        LetterState.Returned => new("came back", "已退回"),
        LetterState.Stopped => new("stopped", "已终止"),
        _ => new("lapsed", "已过期"),
    };

    public static Said Of(LetterResult result) => result switch
    {
        LetterResult.Sent => new("It is sent", "已寄出"),
        LetterResult.Returned => new("It came back", "被退回"),
        _ => new("Do not write", "不再寄送"),
    };

    /// <summary>What may become of a letter now.</summary>
    public static IReadOnlyList<LetterResult> Next(LetterState state) => state switch
    {
        LetterState.Open => [LetterResult.Sent, LetterResult.Stopped],
        LetterState.Sent => [LetterResult.Returned],
        _ => [],
    };
}
