namespace Club.Desk.Words;

/// <summary>Words of messages that the club takes as they come; one without a word here is shown as it is.</summary>
public static class Terms
{
    private static readonly Dictionary<string, Said> Categories = new()
    {
        ["vehicle"] = new("vehicle", "整车"),
        ["parts"] = new("parts", "配件"),
        ["labour"] = new("labour", "工时"),
        ["accessory"] = new("accessory", "附件"),
        ["insurance"] = new("insurance", "保险"),
        ["finance"] = new("finance", "金融"),
        ["rental"] = new("rental", "租车"),
        ["rescue"] = new("rescue", "救援"),
        ["activity"] = new("activity", "活动"),
    };

    private static readonly Dictionary<string, Said> Sources = new()
    {
        ["website"] = new("website", "官网"),
        ["wechat"] = new("WeChat", "微信"),
        ["reply"] = new("reply", "短信回复"),
        ["staff"] = new("staff", "员工"),
    };

    public static IEnumerable<string> KnownCategories => Categories.Keys;

    public static Said Category(string word) => Categories.TryGetValue(word, out var said) ? said : new Said(word, word);

    /// <summary>Where somebody joined or said something.</summary>
    public static Said Source(string word) => Sources.TryGetValue(word, out var said) ? said : new Said(word, word);
}
