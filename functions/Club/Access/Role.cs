using System.Text.Json.Serialization;
using Club.Kernel;

namespace Club.Access;

/// <summary>What somebody is to the club: the claim <c>roles</c> of a token (CONTRACT, "Who calls").</summary>
[JsonConverter(typeof(CamelCaseEnum<Role>))]
public enum Role
{
    /// <summary>Whoever holds the club's key.</summary>
    Operator,

    /// <summary>The brand's headquarters 总部.</summary>
    Hq,
    Finance,
    Marketing,

    /// <summary>Reads, and sees persons masked.</summary>
    Auditor,

    /// <summary>A dealer's director of customer care 客户关爱总监.</summary>
    Director,

    /// <summary>A dealer's service advisor 服务顾问.</summary>
    Advisor,
    Partner,

    /// <summary>A member, about herself.</summary>
    Member,
}
