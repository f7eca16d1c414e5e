using Club.Dealers;
using Club.Kernel;
using Club.Ledger;
using Club.Programmes;

namespace Club.Edges.WeChat;

/// <summary>Answers a word that a follower types, or taps in the menu; registered by the feature that it asks about.</summary>
public interface IAnswersInWeChat
{
    /// <summary>What is typed. The first is named when somebody asks for help; all are understood.</summary>
    IReadOnlyList<string> Words { get; }

    /// <summary>Whether that was typed, or tapped in the menu.</summary>
    /// <param name="word">Without spaces around it.</param>
    bool Takes(string word) => Words.Contains(word, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a location that somebody sends asks for this.</summary>
    bool TakesLocation => false;

    /// <summary>Whether her card is shown with the answer, where it can be.</summary>
    bool ShowsCard => false;

    /// <returns>The answer, in Chinese.</returns>
    ValueTask<string> Answer(WeChatAsked asked, CancellationToken cancellation);
}

/// <summary>Who asks, and when.</summary>
/// <param name="Account">As it is at this moment.</param>
/// <param name="At">When it was written.</param>
/// <param name="Key">The same for every delivery of the message.</param>
/// <param name="Word">What was typed or tapped, without spaces around it.</param>
/// <param name="Location">Where she is, when she sends it; never to be kept.</param>
public sealed record WeChatAsked(ProgrammeVersions Rules, MemberId MemberId, string CardNumber, Account Account, DateTimeOffset At,
    string Key, string? Word = null, Place? Location = null);
