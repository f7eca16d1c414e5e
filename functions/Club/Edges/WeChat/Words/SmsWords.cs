using Club.Members;

namespace Club.Edges.WeChat;

/// <summary>退订: no more text messages of care. It counts as a reply: no form takes it back.</summary>
public sealed class NoSmsWord(MessageConsents consents) : IAnswersInWeChat
{
    public IReadOnlyList<string> Words { get; } = ["退订", "TD", "T"];

    public async ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        await consents.Take(asked.MemberId, new ConsentAct(false, asked.At, ConsentSource.WeChat), asked.Key, cancellation);
        return "已为您退订关怀短信。如需恢复，请回复“订阅”。";
    }
}

/// <summary>订阅: text messages of care again.</summary>
public sealed class SmsWord(MessageConsents consents) : IAnswersInWeChat
{
    public IReadOnlyList<string> Words { get; } = ["订阅"];

    public async ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation)
    {
        await consents.Take(asked.MemberId, new ConsentAct(true, asked.At, ConsentSource.WeChat), asked.Key, cancellation);
        return "已为您开通关怀短信。如需退订，请回复“退订”。";
    }
}
