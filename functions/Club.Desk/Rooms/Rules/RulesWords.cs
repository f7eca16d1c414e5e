using Club.Desk.Words;
using Club.Programmes;

namespace Club.Desk.Rooms.Rules;

/// <summary>What the rule book's room says of versions, the draft and publication.</summary>
public static class RulesWords
{
    public static readonly Said Rules = new("Rule book", "规则");
    public static readonly Said Pages = new("Pages of the rule book", "规则页面");
    public static readonly Said Versions = new("Versions", "版本");
    public static readonly Said Draft = new("Draft", "草稿");
    public static readonly Said Changes = new("Compare", "对比");
    public static readonly Said Publish = new("Publish", "发布");
    public static readonly Said Version = new("Version", "版本");
    public static readonly Said VersionOf = new("Version {0}", "版本{0}");
    public static readonly Said InForce = new("in force", "生效中");
    public static readonly Said From = new("Effective from", "生效日期");
    public static readonly Said PublishedAt = new("Published", "发布时间");
    public static readonly Said By = new("By", "发布人");
    public static readonly Said Note = new("Note", "备注");
    public static readonly Said Published = new("The version is published.", "版本已发布。");
    public static readonly Said SavedBy = new("Saved by {0} at {1}.", "由{0}于{1}保存。");
    public static readonly Said NoDraft = new("There is no draft yet: this is the version in force. Change what is to change, its version and its first day, and save.",
        "目前没有草稿，以下是生效中的版本。修改内容、版本号和生效日期后保存即可。");
    public static readonly Said Source = new("The programme as JSON", "方案（JSON）");
    public static readonly Said Save = new("Save the draft", "保存草稿");
    public static readonly Said Saved = new("The draft is saved.", "草稿已保存。");
    public static readonly Said NotSaved = new("The draft was not saved.", "草稿未保存。");
    public static readonly Said Errors = new("{0} in the way of publication", "{0}处问题阻碍发布");
    public static readonly Said NoErrors = new("The draft has no errors. It can be published.", "草稿没有错误，可以发布。");
    public static readonly Said Line = new("Line {0}", "第{0}行");
    public static readonly Said NoJson = new("This is not JSON.", "这不是有效的JSON。");
    public static readonly Said NoObject = new("A programme is a JSON object.", "方案必须是JSON对象。");
    public static readonly Said HalfCharacter = new("It holds half a character, such as \\ud83d without its other half.", "含有不完整的字符（例如缺少另一半的\\ud83d）。");
    public static readonly Said TooLarge = new("A programme has at most 1 MiB.", "方案最大为1 MiB。");
    public static readonly Said Before = new("Before", "原版本");
    public static readonly Said After = new("After", "新版本");
    public static readonly Said Compare = new("Compare", "对比");
    public static readonly Said Same = new("They say the same.", "内容相同。");
    public static readonly Said Count = new("{0} changes", "{0}处变化");
    public static readonly Said More = new("{0} more are not shown.", "另有{0}处未显示。");
    public static readonly Said ComparedWith = new("Compared with version {0}", "与版本{0}相比");
    public static readonly Said Confirm = new("I have read the changes. From its first day on every event is judged by this version; it cannot be taken back.",
        "我已阅读以上变化。自生效日起，所有交易均按此版本计算，发布后不可撤回。");
    public static readonly Said NeedsConfirm = new("Confirm that the version is to be published.", "请确认发布。");
    public static readonly Said NothingToPublish = new("There is no draft to publish.", "没有可发布的草稿。");
    public static readonly Said ToDraft = new("To the draft", "查看草稿");

    public static Said KindOf(ProgrammeChangeKind kind) => kind switch
    {
        ProgrammeChangeKind.Added => new("added", "新增"),
        ProgrammeChangeKind.Removed => new("removed", "删除"),
        ProgrammeChangeKind.Changed => new("changed", "修改"),
        ProgrammeChangeKind.Moved => new("moved", "移动"),
        _ => new(kind.ToString(), kind.ToString()),
    };
}
