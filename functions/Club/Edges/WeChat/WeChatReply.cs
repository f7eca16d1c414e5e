using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using Club.Kernel;

namespace Club.Edges.WeChat;

/// <summary>What to answer WeChat with. Anything but this within five seconds makes it deliver again, and then tell the user of an
/// outage.</summary>
public sealed record WeChatReply(string ContentType, string Body)
{
    /// <summary>Received; nothing to say to the user.</summary>
    public static readonly WeChatReply Success = new("text/plain; charset=utf-8", "success");

    /// <summary>The most UTF-8 bytes of text that WeChat shows.</summary>
    public const int MaxContentBytes = 2048;

    private static readonly XmlWriterSettings XmlSettings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    /// <summary>A plain text reply. Longer text ends in an ellipsis; characters that XML forbids are left out.</summary>
    internal static WeChatReply Text(WeChatMessage message, string content, DateTimeOffset now) => Write(message.Form,
        ("ToUserName", Clean(message.FromUser)),
        ("FromUserName", Clean(message.ToUser)),
        ("CreateTime", now.ToUnixTimeSeconds()),
        ("MsgType", "text"),
        ("Content", Bounded(Clean(content))));

    /// <summary>A reply of one article 图文, which opens a page. Only as XML is it documented: in the other form its text is
    /// told.</summary>
    internal static WeChatReply Article(WeChatMessage message, WeChatArticle article, DateTimeOffset now) =>
        message.Form == WeChatForm.Json ? Text(message, article.Text, now) : Write(message.Form,
            ("ToUserName", Clean(message.FromUser)),
            ("FromUserName", Clean(message.ToUser)),
            ("CreateTime", now.ToUnixTimeSeconds()),
            ("MsgType", "news"),
            ("ArticleCount", 1L),
            ("Articles", new (string, object)[] { ("item", new (string, object)[]
            {
                ("Title", Clean(article.Title)),
                ("Description", Bounded(Clean(article.Text))),
                ("PicUrl", article.Picture.AbsoluteUri),
                ("Url", article.Page.AbsoluteUri),
            }) }));

    /// <summary>An encrypted reply, signed.</summary>
    internal static WeChatReply Sealed(WeChatForm form, string encrypted, string token, string nonce, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        return Write(form,
            ("Encrypt", encrypted),
            ("MsgSignature", WeChatSignature.Of(token, timestamp.ToString(CultureInfo.InvariantCulture), nonce, encrypted)),
            ("TimeStamp", timestamp),
            ("Nonce", nonce));
    }

    internal static string NewNonce() => RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture);

    private static WeChatReply Write(WeChatForm form, params ReadOnlySpan<(string Name, object Value)> fields) =>
        form == WeChatForm.Json
            ? new("application/json; charset=utf-8", Json(fields))
            : new("application/xml; charset=utf-8", Xml(fields));

    private static string Xml(ReadOnlySpan<(string Name, object Value)> fields)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, XmlSettings))
        {
            writer.WriteStartElement("xml");
            WriteAll(writer, fields);
            writer.WriteEndElement();
        }
        return text.ToString();
    }

    private static void WriteAll(XmlWriter writer, ReadOnlySpan<(string Name, object Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            writer.WriteStartElement(name);
            if (value is long number) writer.WriteValue(number);
            else if (value is (string, object)[] inner) WriteAll(writer, inner);
            // WriteCData ends the section and opens another around every "]]>".
            else writer.WriteCData((string)value);
            writer.WriteEndElement();
        }
    }

    private static string Json(ReadOnlySpan<(string Name, object Value)> fields)
    {
        var members = new Dictionary<string, object>(fields.Length);
        foreach (var (name, value) in fields) members.Add(name, value);
        return JsonSerializer.Serialize(members, ClubJson.Options);
    }

    /// <summary>Without the characters that XML forbids: replies must not hold them, and what people send holds them by accident.</summary>
    [return: NotNullIfNotNull(nameof(content))]
    internal static string? Clean(string? content)
    {
        if (content is null) return null;
        var clean = new StringBuilder(content.Length);
        foreach (var rune in content.EnumerateRunes())
            if (rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not 0xFFFE and not 0xFFFF))
                clean.Append(rune);
        return clean.ToString();
    }

    private static string Bounded(string content)
    {
        if (Encoding.UTF8.GetByteCount(content) <= MaxContentBytes) return content;
        const string ellipsis = "…";
        var left = MaxContentBytes - Encoding.UTF8.GetByteCount(ellipsis);
        var end = 0;
        while (true)
        {
            // Whole characters as people see them: an emoji of several code points is kept or left out.
            var next = StringInfo.GetNextTextElementLength(content, end);
            left -= Encoding.UTF8.GetByteCount(content.AsSpan(end, next));
            if (left < 0) return content[..end] + ellipsis;
            end += next;
        }
    }
}
