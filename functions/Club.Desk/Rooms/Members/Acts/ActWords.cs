using Club.Desk.Words;

namespace Club.Desk.Rooms.Members.Acts;

/// <summary>What is said of whatever may be done for a member.</summary>
public static class ActWords
{
    public static readonly Said NothingChanged = new("Nothing was changed.", "没有任何更改。");
    public static readonly Said Correct = new("Correct her profile", "更正资料");
    public static readonly Said CorrectHint = new("What you change is kept on her word. What you empty is taken away.", "按会员本人的说明更改；清空的内容将被删除。");
    public static readonly Said HobbiesHint = new("with commas between", "用顿号或逗号分隔");
    public static readonly Said NewPhone = new("New phone", "新手机号");
    public static readonly Said PhoneHint = new("now {0}; be sure that it is hers", "现为{0}；请先确认是本人号码");
    public static readonly Said CorrectNow = new("Keep", "保存");
    public static readonly Said CorrectedNow = new("The profile is corrected.", "资料已更正。");
    public static readonly Said ConsentHint = new("What she told you. Whoever refused by a reply is asked no more: only a reply of hers takes it back.",
        "按会员向您表示的意愿更改。已通过短信退订的会员，只能由本人回复短信恢复。");
    public static readonly Said Agree = new("She agrees to text messages", "会员同意接收短信");
    public static readonly Said Withdraw = new("She wants no text messages", "会员不再接收短信");
    public static readonly Said ConsentNow = new("Her word is kept.", "意愿已更新。");
    public static readonly Said RefusedByReply = new("She refused by a reply. Only a reply of hers takes that back.", "会员曾通过短信退订，只能由本人回复短信恢复。");
    public static readonly Said Transfer = new("Transfer to another branch", "转会");
    public static readonly Said TransferHint = new("Now at {0}. Points go along; those of a branch stay good where they were issued.",
        "现属{0}。积分随会员转移；分会积分仍只在发放的分会可用。");
    public static readonly Said NoBranch = new("no branch", "无分会");
    public static readonly Said ToBranch = new("To the branch of", "转入经销商");
    public static readonly Said IntoOurs = new("Into your own branch, {0}.", "转入您所在的分会{0}。");
    public static readonly Said Choose = new("choose", "请选择");
    public static readonly Said TransferNow = new("Transfer", "办理转会");
    public static readonly Said MovedNow = new("She belongs to the branch now.", "转会已办理。");
    public static readonly Said HerRights = new("What she may ask for", "个人信息权利");
    public static readonly Said Export = new("Download everything about her", "导出全部资料");
    public static readonly Said Erase = new("Erase her", "删除个人信息");
    public static readonly Said CannotBeUndone = new("This cannot be undone.", "此操作无法撤销。");
    public static readonly Said WhatGoes = new(
        "Her name, phone, cars, identities, messages, complaints and applications go, also from backups. She is found no more.",
        "姓名、手机号、车辆、身份标识、短信、投诉和申请都会删除，备份中的也无法再读取。此后无法再查到该会员。");
    public static readonly Said WhatStays = new("The ledger stays, without the person: sums and statements do not change. A receipt stays with your name and the reason.",
        "分录会保留，但不再指向任何人，汇总和对账单不变。回执会保留，其中有您的姓名和原因。");
    public static readonly Said EraseReasonHint = new("stays on the receipt; do not name her", "会保留在回执中，请勿写入个人信息");
    public static readonly Said Sure = new("She has asked for it, and I know that it is for ever.", "会员本人已提出请求，我了解此操作不可恢复。");
    public static readonly Said NeedsSure = new("Confirm that she has asked for it.", "请确认会员本人已提出请求。");
    public static readonly Said EraseNow = new("Erase for ever", "永久删除");
    public static readonly Said Keep = new("Back", "返回");
    public static readonly Said Receipt = new("Receipt of an erasure", "删除回执");
    public static readonly Said IsErased = new("She is forgotten.", "个人信息已删除。");
    public static readonly Said IsRunning = new("The erasure goes on by itself; look here again in a moment.", "删除正在自动进行，请稍后再查看。");
    public static readonly Said Asked = new("Asked", "请求时间");
    public static readonly Said DoneAt = new("Done", "完成时间");
    public static readonly Said Author = new("Who", "操作人");
    public static readonly Said MergedHere = new("Also", "合并的会员");
    public static readonly Said WhatWent = new("What was found and is gone", "已删除内容");
    public static readonly Said NoComplaints = new("No complaint of hers is known.", "该会员没有投诉。");
    public static readonly Said OpenComplaint = new("Take a complaint down", "受理投诉");
    public static readonly Said Channel = new("Came by", "渠道");
    public static readonly Said ChannelHint = new("phone, desk, WeChat…", "电话、到店、微信等");
    public static readonly Said OwnerHint = new("empty: you", "不填则为您本人");
    public static readonly Said DueHint = new("empty: in {0} days", "不填则为{0}天后");
    public static readonly Said ConcernsDealer = new("Concerns dealer", "涉及经销商");
    public static readonly Said Headquarters = new("headquarters", "总部");
    public static readonly Said OpenNow = new("Take it down", "受理");

    private static readonly Dictionary<string, Said> Parts = new()
    {
        ["profiles"] = new("profiles", "资料"),
        ["identities"] = new("identities", "身份标识"),
        ["messages"] = new("messages", "短信"),
        ["complaints"] = new("complaints", "投诉"),
        ["applications"] = new("applications", "申请"),
        ["rejections"] = new("refused messages", "拒收记录"),
        ["parked"] = new("parked bills", "暂存交易"),
    };

    /// <summary>What a receipt counts.</summary>
    public static Said PartOf(string part) => Parts.TryGetValue(part, out var said) ? said : new Said(part, part);
}
