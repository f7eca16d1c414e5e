using Club.Access;
using Club.Desk.Frame;
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
        Route.Page<MessagesPage>("{id}/messages", Right.ReadMember),
    ];

    public override void Add(IServiceCollection services) => services.AddTransient<MemberFile>();
}
