namespace Club.Desk.Words;

/// <summary>What stands around every page, and on those that say why there is none.</summary>
public static class FrameWords
{
    public static readonly Said Console = new("Club console", "车友会工作台");
    public static readonly Said Skip = new("Skip to content", "跳到正文");
    public static readonly Said Rooms = new("Rooms", "功能");
    public static readonly Said SignOut = new("Sign out", "退出");

    /// <summary>Each in the language that it leads to.</summary>
    public static readonly Said OtherLanguage = new("中文", "English");

    public static readonly Said Theme = new("Colours", "配色");

    public static readonly IReadOnlyList<(string Theme, Said Said)> Themes =
        [("auto", new("Auto", "自动")), ("light", new("Light", "浅色")), ("dark", new("Dark", "深色"))];

    public static readonly Said ToStart = new("To the start page", "回到首页");
    public static readonly Said TryAgain = new("Please try again in a moment.", "请稍后再试。");
    public static readonly Said StoreSilent = new("The store did not answer", "数据库暂时没有响应");
    public static readonly Said IssuerSilent = new("Who you are cannot be checked now", "暂时无法核对您的身份");
    public static readonly Said NotFound = new("Not found", "没有找到");
    public static readonly Said NotFoundWhy = new("There is nothing here, or it is not yours to see.", "这里没有内容，或不在您的查看范围内。");
    public static readonly Said Denied = new("Not allowed", "没有权限");
    public static readonly Said DeniedWhy = new("Your role may not do this.", "您的角色无权进行此操作。");
    public static readonly Said NoRooms = new("No rooms for your role yet", "您的角色暂无可用功能");
    public static readonly Said NoRoomsWhy = new("The console has nothing for this role so far.", "工作台目前没有适用于该角色的功能。");
    public static readonly Said ForeignForm = new("Not sent from the console", "不是从工作台提交的");
    public static readonly Said ForeignFormWhy = new("The form came from another site, so nothing was done.", "该表单来自其他网站，未做任何处理。");
    public static readonly Said BadForm = new("The form could not be read", "无法读取表单");
    public static readonly Said BadFormWhy = new("It is too long or broken. Nothing was done.", "内容过长或已损坏，未做任何处理。");
    public static readonly Said Refused = new("This was refused.", "操作未被接受。");
    public static readonly Said NextPage = new("Next page", "下一页");
    public static readonly Said Pages = new("Pages of the list", "翻页");
    public static readonly Said Change = new("Change", "变化");
    public static readonly Said FirstPage = new("First page", "第一页");
    public static readonly Said UnknownContinuation = new("This page of the list is not known any more. Start from the first.",
        "列表的这一页已失效，请从第一页开始。");
    public static readonly Said Yes = new("yes", "是");
    public static readonly Said No = new("no", "否");
    public static readonly Said Reason = new("Reason", "原因");
    public static readonly Said NoReason = new("Say why: a reason is expected.", "请填写原因。");
    public static readonly Said Working = new("Working…", "处理中…");
    public static readonly Said ShowTable = new("As a table", "以表格显示");
}
