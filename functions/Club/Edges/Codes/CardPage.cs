using System.Net;
using Club.Programmes;

namespace Club.Edges;

/// <summary>The page that a member opens from WeChat to show her card 会员卡 at the till.</summary>
public sealed class CardPage(CardLinks links, ProgrammeLibrary library)
{
    /// <summary>It has a style of its own and nothing else.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    /// <returns>HTML, also of a link that has ended; null: the link is none of the club's.</returns>
    public async Task<string?> Open(string link, CancellationToken cancellation)
    {
        if (await links.Open(link, cancellation) is not { } card) return null;
        return Page((await library.Now(cancellation)).Current.Name, card.Number is { } number
            ? $"{QrPicture.Svg(number)}<p>{number}</p><p>到店消费时请出示</p>" : "<p>链接已失效，请在公众号中重新发送“会员卡”。</p>");
    }

    private static string Page(string club, string content) => $$"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>会员卡 · {{WebUtility.HtmlEncode(club)}}</title>
        <style>
        body { margin: 0; padding: 2rem 1rem; background: #fff; color: #111; font: 1.25rem/1.5 system-ui, sans-serif; text-align: center }
        h1 { font-size: 1.5rem }
        svg { width: min(80vw, 22rem); height: auto }
        </style>
        </head>
        <body><h1>{{WebUtility.HtmlEncode(club)}}</h1>{{content}}</body>
        </html>
        """;
}
