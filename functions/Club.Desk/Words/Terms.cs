using Club.Kernel;
using Club.Programmes;

namespace Club.Desk.Words;

/// <summary>Words of messages that the club takes as they come; one without a word here is shown as it is.</summary>
public static class Terms
{
    private static readonly Dictionary<string, Said> Sources = new()
    {
        ["website"] = new("website", "官网"),
        ["wechat"] = new("WeChat", "微信"),
        ["reply"] = new("reply", "短信回复"),
        ["staff"] = new("staff", "员工"),
    };

    private static readonly Dictionary<string, Said> Channels = new()
    {
        ["phone"] = new("phone", "电话"), ["wechat"] = new("WeChat", "微信"), ["web"] = new("website", "网站"), ["app"] = new("app", "手机应用"),
        ["shop"] = new("at the dealer", "到店"), ["email"] = new("mail", "邮件"), ["letter"] = new("letter", "信函"),
    };

    public static IEnumerable<string> KnownCategories => CategoryWords.Known;

    public static Said Category(string word) =>
        new(CategoryWords.Find(word, Language.English) ?? word, CategoryWords.Find(word, Language.Chinese) ?? word);

    /// <summary>By what somebody spoke.</summary>
    public static Said Channel(string word) => Channels.TryGetValue(word, out var said) ? said : new Said(word, word);

    /// <summary>Where somebody joined or said something.</summary>
    public static Said Source(string word) => Sources.TryGetValue(word, out var said) ? said : new Said(word, word);
}
