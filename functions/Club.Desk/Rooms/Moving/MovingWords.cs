using Club.Desk.Words;

namespace Club.Desk.Rooms.Moving;

/// <summary>What the room of transfers says.</summary>
public static class MovingWords
{
    public static readonly Said Transfers = new("Transfers", "转会");
    public static readonly Said Directions = new("Which way", "方向");
    public static readonly Said In = new("Came", "转入");
    public static readonly Said Out = new("Left", "转出");
    public static readonly Said Dealer = new("Dealer", "经销商");
    public static readonly Said Find = new("Show", "查询");
    public static readonly Said NobodyCame = new("Nobody came from another branch.", "没有转入的会员。");
    public static readonly Said NobodyLeft = new("Nobody left for another branch.", "没有转出的会员。");
    public static readonly Said MovedNow = new("She belongs to the other branch now.", "已转会到新的分会。");
    public static readonly Said When = new("When", "时间");
    public static readonly Said Member = new("Member", "会员");
    public static readonly Said From = new("From", "原分会");
    public static readonly Said To = new("To", "新分会");
    public static readonly Said Author = new("Who", "操作人");
}
