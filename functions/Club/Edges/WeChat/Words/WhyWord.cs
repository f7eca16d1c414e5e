using Club.Explaining;

namespace Club.Edges.WeChat;

/// <summary>为什么: how her latest points came about, and what would have given more (DOMAIN U9).</summary>
public sealed class WhyWord(Explain explain) : IAnswersInWeChat
{
    public IReadOnlyList<string> Words { get; } = ["为什么", "为什么?", "为什么?"];

    public async ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation) =>
        await explain.Latest(asked.MemberId, cancellation) is { } told ? string.Join('\n', told)
            : "您还没有积分记录。到店保养或购车后，积分会自动到账。";
}
