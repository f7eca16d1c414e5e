using Club.Desk.Words;

namespace Club.Desk.Rooms.Proving;

/// <summary>What the room of proofs says.</summary>
public static class ProvingWords
{
    public static readonly Said Proof = new("Proof", "证明");
    public static readonly Said About = new(
        "Each night a root is made over every member's history and kept where nobody can change it. Publish it: whoever knows a root finds out whether anything before it was rewritten.",
        "每晚对全体会员的历史计算一个根值，并保存在任何人都无法修改之处。请公布根值：掌握根值的人即可发现此前的历史是否被改写。");
    public static readonly Said Day = new("Day", "日期");
    public static readonly Said Number = new("No.", "序号");
    public static readonly Said Members = new("Members", "会员数");
    public static readonly Said Root = new("Root", "根值");
    public static readonly Said Made = new("Made", "生成时间");
    public static readonly Said Nothing = new("There is no root yet. The first is made in the coming night.", "尚无根值，首个根值将在今晚生成。");
    public static readonly Said Rewritten = new("{0} histories rewritten", "{0}份历史被改写");
    public static readonly Said Check = new("Compare with the ledger now", "立即与账本核对");
    public static readonly Said Same = new("The ledger is what the root of {0} tells: {1} members were compared.", "账本与{0}的根值一致：已核对{1}位会员。");
    public static readonly Said Drawn = new("They were drawn by lot; all of them are compared by the command verify.", "会员为随机抽取；核对全部会员请使用 verify 命令。");
    public static readonly Said Changed = new("The history of these members was rewritten since the root of {0}:", "自{0}的根值以来，以下会员的历史被改写：");
    public static readonly Said Damaged = new("The kept files of the root cannot be used:", "根值的保存文件无法使用：");
}
