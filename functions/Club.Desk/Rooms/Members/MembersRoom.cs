using Club.Access;
using Club.Desk.Frame;
using Club.Desk.Rooms.Members.Acts;
using Club.Desk.Rooms.Members.Till;
using Club.Desk.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Desk.Rooms.Members;

/// <summary>Members 会员: found by whatever is known of them, and one by one with everything about them.</summary>
public sealed class MembersRoom : Room
{
    public const string Address = "members";

    public override string Path => Address;
    public override Said Title => MembersWords.Members;
    public override Right Right => Right.FindMembers;
    public override int Order => 10;

    public override IReadOnlyList<Route> Routes { get; } =
    [
        Route.Page<SearchPage>("", Right.FindMembers),
        Route.Page<MemberPage>("{id}", Right.ReadMember),
        Route.Page<EntriesPage>("{id}/entries", Right.ReadMember),
        Route.Page<BenefitsPage>("{id}/benefits", Right.ReadMember),
        Route.Form<UseBenefit>("{id}/benefits/{benefit}/use", Right.Serve),
        Route.Form<UndoBenefit>("{id}/benefits/{benefit}/undo", Right.Serve),
        Route.Page<TillPage>("{id}/spend", Right.Redeem),
        Route.Form<SpendPoints>("{id}/spend", Right.Redeem),
        Route.Form<FollowRedemption>("{id}/spend/{redemption}", Right.Redeem),
        Route.Form<UseHerVoucher>("{id}/voucher", Right.UseVouchers),
        Route.Form<CorrectPoints>("{id}/adjust", Right.Adjust),
        Route.Page<MessagesPage>("{id}/messages", Right.ReadMember),
        Route.Page<HistoryPage>("{id}/history", Right.ReadMember),
        Route.Page<HerComplaintsPage>("{id}/complaints", Right.ReadComplaints),
        Route.Form<FileComplaint>("{id}/complaints", Right.HandleComplaints),
        Route.Page<ActsPage>("{id}/acts", Right.CorrectMember),
        Route.Form<CorrectPerson>("{id}/correct", Right.CorrectMember),
        Route.Form<ChangeSms>("{id}/consent", Right.CorrectMember),
        Route.Form<MovePerson>("{id}/transfer", Right.Transfer),
        Route.Page<ExportFile>("{id}/export", Right.ExportMember),
        Route.Page<ErasePage>("{id}/erase", Right.EraseMember),
        Route.Form<ErasePerson>("{id}/erase", Right.EraseMember),
        Route.Page<ReceiptPage>("{id}/erasure", Right.EraseMember),
    ];

    public override void Add(IServiceCollection services) => services.AddTransient<MemberFile>();
}
