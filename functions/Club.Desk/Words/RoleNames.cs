using Club.Access;

namespace Club.Desk.Words;

/// <summary>Roles, as their bearers call themselves.</summary>
public static class RoleNames
{
    private static readonly Dictionary<Role, Said> Names = new()
    {
        [Role.Operator] = new("Operator", "运维"),
        [Role.Hq] = new("Headquarters", "总部"),
        [Role.Finance] = new("Finance", "财务"),
        [Role.Marketing] = new("Marketing", "市场"),
        [Role.Auditor] = new("Auditor", "审计"),
        [Role.Director] = new("Director of customer care", "客户关爱总监"),
        [Role.Advisor] = new("Service advisor", "服务顾问"),
        [Role.Partner] = new("Partner", "合作伙伴"),
        [Role.Member] = new("Member", "会员"),
    };

    /// <summary>A role that has no name here yet is told by its word.</summary>
    public static Said Of(Role role) => Names.TryGetValue(role, out var name) ? name : new Said(RoleWords.Of(role), RoleWords.Of(role));

    public static IEnumerable<Said> All => Names.Values;
}
