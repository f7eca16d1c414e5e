using Club.Desk.Words;

namespace Club.Desk.Door;

/// <summary>What the sign-in page says.</summary>
public static class DoorWords
{
    public static readonly Said SignIn = new("Sign in", "登录");
    public static readonly Said AsRole = new("As a role", "以角色登录");
    public static readonly Said AsRoleWhy = new("This machine signs its own tokens, so you may see the club as any role sees it.",
        "本机可自行签发令牌，您可以以任意角色查看车友会。");
    public static readonly Said LinkGood = new("Your sign-in link is good for one sign-in.", "您的登录链接可使用一次。");
    public static readonly Said Role = new("Role", "角色");
    public static readonly Said Scope = new("Dealer", "经销商");
    public static readonly Said ScopeHint = new("For a director or an advisor, such as D021; for a partner, its code.",
        "客户关爱总监和服务顾问须填写，例如 D021；合作伙伴填写其代码。");
    public static readonly Said Name = new("Name", "姓名");
    public static readonly Said NameHint = new("Under which your changes are kept.", "您的操作将以此姓名记录。");
    public static readonly Said AtIssuer = new("With your organisation's account", "使用公司账号登录");
    public static readonly Said AtIssuerHint = new("You are led to your organisation's sign-in and back.", "将前往贵公司的登录页面，登录后返回。");
    public static readonly Said NotSignedIn = new("You are not signed in.", "登录未成功。");
    public static readonly Said Key = new("Staff key", "员工密钥");
    public static readonly Said WithToken = new("With a token", "使用令牌登录");
    public static readonly Said Token = new("Token (JWT)", "令牌（JWT）");
    public static readonly Said TokenHint = new("From your organisation's sign-in, or printed by the command “-- token”.",
        "由贵公司的登录系统签发，或由命令“-- token”打印。");
    public static readonly Said CodeSpent = new("This link was used before or is over. Sign in another way, or start the club again for a new link.",
        "该链接已被使用或已过期。请用其他方式登录，或重新启动以获得新链接。");
    public static readonly Said BadToken = new("The token is not one that this club accepts, or no longer.", "令牌无效或已过期。");
    public static readonly Said LongToken = new("The token is too long for a cookie. Ask for one with fewer claims.", "令牌过长，无法保存。请申请声明更少的令牌。");
    public static readonly Said NoRole = new("Choose a role.", "请选择角色。");
    public static readonly Said NoScope = new("This role needs its dealer.", "该角色须填写经销商。");
    public static readonly Said LongName = new("At most 128 characters are expected.", "最多128个字符。");
    public static readonly Said BadKey = new("That is not the staff key, or the link is over.", "员工密钥不正确，或链接已失效。");
}
