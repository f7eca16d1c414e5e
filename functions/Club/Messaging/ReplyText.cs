using System.Collections.Frozen;
using System.Text;
using Club.Identity;

namespace Club.Messaging;

/// <summary>
/// A reply as it was typed, brought into one form: ASCII words in upper case and runs of Chinese, whatever width, script, spaces,
/// punctuation and emoji there were.
/// </summary>
internal static class ReplyText
{
    /// <summary>The traditional characters of the words that <see cref="SmsReplies"/> knows.</summary>
    private static readonly FrozenDictionary<char, char> Simplified = Pairs(
        "訂订請请謝谢閱阅發发煩烦擾扰別别們们關关閉闭絕绝斷断開开啟启廣广訊讯簡简傳传願愿對对個个這这還还將将來来無无繼继續续復复覆复複复"
        + "馬马騷骚務务業业給给幫帮現现為为幾几裡里後后點点麼么會会車车貴贵辭辞説说說说資资輸输終终須须過过與与勞劳師师親亲");

    /// <summary>The words in their order. Chinese that only punctuation or a space parts is one run; ASCII is not.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var run = new StringBuilder();
        var kind = Kind.None;
        foreach (var c in FullWidth.Fold(text))
        {
            var next = KindOf(c);
            // A space inside Chinese means nothing; around ASCII it parts words.
            if (next == Kind.None && kind == Kind.Chinese) continue;
            if (next != kind) End();
            kind = next;
            if (next != Kind.None) run.Append(next == Kind.Ascii ? char.ToUpperInvariant(c) : Simplified.GetValueOrDefault(c, c));
        }
        End();
        return words is { Count: > 1 } && words.TrueForAll(word => word.Length == 1 && char.IsAscii(word[0]))
            && words.Distinct().Count() > 1
            ? [string.Concat(words)]
            : words;

        void End()
        {
            if (run.Length > 0) words.Add(run.ToString());
            run.Clear();
        }
    }

    public static bool IsAscii(string word) => char.IsAscii(word[0]);

    private static Kind KindOf(char c) => char.IsAsciiLetterOrDigit(c) ? Kind.Ascii : char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        && !IsEmoji(c) ? Kind.Chinese : Kind.None;

    /// <summary>Emoji stand in the planes of U+1F000 to U+1FBFF; every other pair is a rare character, which is text.</summary>
    private static bool IsEmoji(char c) => c is (>= '\uD83C' and <= '\uD83E') or (>= '\uDC00' and <= '\uDFFF');

    private static FrozenDictionary<char, char> Pairs(string text)
    {
        var pairs = new Dictionary<char, char>();
        for (var i = 0; i < text.Length; i += 2) pairs[text[i]] = text[i + 1];
        return pairs.ToFrozenDictionary();
    }

    private enum Kind { None, Ascii, Chinese }
}
