namespace Club.Azure.Tests.Hosts;

internal static partial class CallList
{
    private static IEnumerable<Call> Activities =>
    [
        Plan("drive", """{"name":"自驾游","from":"2020-01-01T09:00:00+08:00","until":"2020-01-02T09:00:00+08:00","places":2,"budget":{"asked":100}}"""),
        Plan("talk", """{"name":"讲座","from":"2020-01-01T09:00:00+08:00","until":"2020-01-02T09:00:00+08:00"}"""),
        Plan("a b", "{}"), Plan("bad", """{"name":"讲座","from":"2020-01-03T09:00:00+08:00","until":"2020-01-02T09:00:00+08:00"}"""),
        Plan("bad", """{"name":"讲座","dealerId":"D404","from":"2020-01-01T09:00:00+08:00","until":"2020-01-02T09:00:00+08:00"}"""),
        new("PutActivity", "PUT", "/api/activities/talk", """{"name":"讲座","from":"2020-01-01T09:00:00+08:00","until":"2020-01-02T09:00:00+08:00"}""")
            { Headers = { ["If-Match"] = "\"0\"" } },
        Step("RequestActivityBudget", "drive", "request", """{"author":"A017"}"""), Step("ApproveActivityBudget", "drive", "approve", """{"author":"A017"}"""),
        Step("ApproveActivityBudget", "drive", "approve", """{"author":"B018"}"""), Step("ApproveActivityBudget", "none", "approve", "{}"),
        Step("RefuseActivityBudget", "drive", "refuse", """{"reason":"x"}"""), Step("RefuseActivityBudget", "drive", "refuse", "{}"),
        Step("OpenActivity", "talk", "open", "{}"), Step("OpenActivity", "none", "open", "{}"), Step("CloseActivity", "talk", "close", """{"spent":"x"}"""),
        Step("CloseActivity", "drive", "close", """{"spent":10}"""), Step("CancelActivity", "talk", "cancel", "{}"),
        Get("Activities", "/api/activities?state=approved&dealerId=hq"), Get("Activities", "/api/activities?state=lost"), Get("Activities", "/api/activities?limit=x"),
        Get("Activity", "/api/activities/none"), Get("SignUps", "/api/activities/drive/sign-ups"), Get("SignUps", "/api/activities/none/sign-ups"),
        Get("SignUps", "/api/activities/drive/sign-ups?state=opening"),
        new("SignUp", "PUT", "/api/members/{m}/activities/talk", """{"guests":1}"""), new("SignUp", "PUT", "/api/members/{m}/activities/drive", "{}"),
        new("SignUp", "PUT", "/api/members/M0/activities/drive", "{}"), new("SignUp", "PUT", "/api/members/{m}/activities/none", "{}"),
        new("SignUp", "PUT", "/api/members/{m}/activities/drive", """{"guests":-1}"""),
        new("CancelSignUp", "DELETE", "/api/members/{m}/activities/drive"), new("CancelSignUp", "DELETE", "/api/members/M0/activities/drive"),
        new("TellOfActivity", "PUT", "/api/members/{m}/activities/drive/feedback", """{"rating":5}"""),
        new("TellOfActivity", "PUT", "/api/members/{m}/activities/drive/feedback", """{"rating":6}"""),
        Get("MemberActivities", "/api/members/{m}/activities"), Get("MemberActivities", "/api/members/M0/activities"),
        Step("CheckIn", "drive", "check-ins", """{"member":{"memberId":"{m}"}}"""), Step("CheckIn", "drive", "check-ins", "{}"),
        Step("CheckIn", "none", "check-ins", """{"member":{"memberId":"{m}"}}"""), Step("CheckIn", "drive", "check-ins", """{"member":{"phone":"13300133999"}}"""),
        Step("CountInvitees", "talk", "invitees/count", """{"filter":{"hobby":"自驾"}}"""), Step("CountInvitees", "none", "invitees/count", "{}"),
        Step("CountInvitees", "talk", "invitees/count", """{"filter":{"loyaltyClass":"X"}}"""), Step("Invite", "talk", "invitations", "{}"),
        Once("Invite", "/api/activities/drive/invitations", """{"text":"欢迎参加{{activity}}。"}""", "i1"), Once("Invite", "/api/activities/none/invitations", "{}", "i2"),
        Once("Invite", "/api/activities/drive/invitations", """{"text":"{{nothing}}"}""", "i3"), Get("Invitation", "/api/activities/none/invitations"),
        new("PutPhoto", "PUT", "/api/activities/talk/photos/lake.jpg", "no picture"), new("PutPhoto", "PUT", "/api/activities/talk/photos/lake.gif", "x"),
        new("PutPhoto", "PUT", "/api/activities/none/photos/lake.jpg", "x"), Get("Photo", "/api/activities/talk/photos/lake.gif"), Get("Photo", "/api/activities/none/photos/lake.jpg"),
        Get("ActivityCode", "/api/activities/talk/codes/card.png"), Get("ActivityCode", "/api/activities/none/codes/check-in.png"),
        Once("Interact", "/api/members/{m}/interactions", """{"kind":"share"}""", "x1"), Once("Interact", "/api/members/{m}/interactions", """{"kind":"vehicle"}""", "x2"),
        Once("Interact", "/api/members/{m}/interactions", """{"kind":"like"}""", "x1"), Once("Interact", "/api/members/M0/interactions", """{"kind":"share"}""", "x3"),
        new("Interact", "POST", "/api/members/{m}/interactions", """{"kind":"share"}"""), Get("Standing", "/api/members/{m}/interactions"),
        Get("Standing", "/api/members/M0/interactions"),
    ];

    private static Call Plan(string code, string body) => new("PutActivity", "PUT", $"/api/activities/{code}", body);

    private static Call Step(string function, string code, string step, string body) => new(function, "POST", $"/api/activities/{code}/{step}", body);
}
