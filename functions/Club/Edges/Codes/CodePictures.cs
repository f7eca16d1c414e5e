using Club.Access;
using Club.Activities;
using Club.Edges.WeChat;
using Club.Kernel;
using Club.Members;

namespace Club.Edges;

/// <summary>The codes of members and activities as pictures, by the names of their files.</summary>
public sealed class CodePictures(Membership membership, ActivityPlans plans, CardLinks cards)
{
    /// <summary>Of a member: her card 会员卡, which a till reads, or what makes whoever scans it a member by her word 转介绍.</summary>
    /// <param name="picture"><c>card.png</c>, <c>card.svg</c>, <c>referral.png</c> or <c>referral.svg</c>.</param>
    /// <returns>Null: there is none, or she is not the caller's to see by name.</returns>
    public async Task<QrPicture?> OfMember(MemberId memberId, string picture, Caller caller, CancellationToken cancellation)
    {
        if (await membership.See(memberId, caller, cancellation) is not { Profile: var profile, IsMasked: false }) return null;
        return picture.Split('.') switch
        {
            ["card", var format] => QrPicture.Of(profile.CardNumber, format),
            ["referral", var format] => QrPicture.Of(WeChatScene.OfReferrer(profile.CardNumber), format),
            _ => null,
        };
    }

    /// <summary>Her card by the link that WeChat was given, for whoever has it.</summary>
    /// <param name="picture"><c>card.png</c> or <c>card.svg</c>.</param>
    /// <returns>Null: there is none, or the link has ended.</returns>
    public async Task<QrPicture?> OfLink(string link, string picture, CancellationToken cancellation) =>
        picture.Split('.') is ["card", var format] && await cards.Open(link, cancellation) is { Number: { } number }
            ? QrPicture.Of(number, format) : null;

    /// <summary>What is scanned at the door of an activity 签到, for whoever lets members in or plans it.</summary>
    /// <param name="picture"><c>check-in.png</c> or <c>check-in.svg</c>.</param>
    /// <returns>Null: there is none that is the caller's.</returns>
    public async Task<QrPicture?> OfActivity(string code, string picture, Caller caller, CancellationToken cancellation)
    {
        if (await plans.Find(code, caller, cancellation) is not { Value: var activity }) return null;
        return (picture.Split('.'), ActivityView.Of(activity, caller).Scene) switch
        {
            (["check-in", var format], { } scene) => QrPicture.Of(scene, format),
            _ => null,
        };
    }
}
