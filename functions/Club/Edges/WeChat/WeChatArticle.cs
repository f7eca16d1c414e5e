namespace Club.Edges.WeChat;

/// <summary>An article 图文 that WeChat shows in place of a text.</summary>
/// <param name="Text">What it says, also where only text is shown.</param>
/// <param name="Picture">Shown with it, JPEG or PNG.</param>
/// <param name="Page">Opened when it is tapped.</param>
public sealed record WeChatArticle(string Title, string Text, Uri Picture, Uri Page);
