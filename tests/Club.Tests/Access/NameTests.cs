using System.Net.Http.Headers;
using System.Reflection;
using Club.Access;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Referrals;
using Club.Tests.Desk;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.Access;

/// <summary>Who may not read a member learns from no list who somebody is.</summary>
public sealed class NameTests(DeskClub club) : IClassFixture<DeskClub>
{
    private const string Name = "李明", Phone = "13800138001", Vin = "LSJA24U62JG269225", Named = "司马小云", NamedPhone = "13300133009";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_list_tells_a_name_a_number_or_a_vehicle_to_who_may_not_read_members()
    {
        await Live();
        // The lists tell it to who may, so that there is something to hide.
        foreach (var (list, told) in ((string, string)[])[("referrals", Named), ("repurchases", Name), ("disputes", Vin), ("sms", Name)])
            Assert.Contains(told, await Get(list, Role.Hq), StringComparison.Ordinal);
        Role[] roles = [Role.Auditor, .. Enum.GetValues<Role>().Where(role => !Rights.Has(role, Right.ReadMember))];
        Assert.True(roles.Length > 2);
        foreach (var list in Lists())
            foreach (var role in roles)
            {
                var told = await Get(list, role);
                foreach (var secret in (string[])[Name, Phone, Vin, Named, NamedPhone])
                    Assert.False(told.Contains(secret, StringComparison.Ordinal), $"{list} tells {secret} to {role}.");
            }
    }

    private async Task Live()
    {
        await RoleClient.Operator(club.Host).Post($"/api/members/{club.Own}/referrals", new { phone = NamedPhone, name = Named });
        await club.Register(new { phone = "13800138003", name = "赵六", vehicles = new[] { new { vin = Vin } } });
        var member = (await club.Host.Get<Membership>().Find(new MemberId(club.Own), Cancellation))!;
        await club.Host.Get<MemberLedger>().Change(member.MemberId, journal =>
        {
            journal.Attach(RepurchaseRules.Begin(member, new Vehicle(Vin, "明锐", journal.Today.AddMonths(-60), null),
                new RepurchaseTerms(48, [], 12, 14), journal.RecordedAt, journal.Today));
            journal.Attach(new SmsRecord
            {
                MemberId = member.MemberId, Occasion = "birthday:2026", State = SmsState.Delivered, Text = $"{Name}，生日快乐", Segments = 1,
                PlannedAt = journal.RecordedAt, SendAt = journal.RecordedAt, LastDay = journal.Today,
            });
            return true;
        }, Cancellation);
    }

    /// <summary>Whatever is read without naming one thing, and not by anybody.</summary>
    private static IEnumerable<string> Lists() => typeof(Triggers.TimerFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<Triggers.NeedsAttribute>() is not null).SelectMany(method => method.GetParameters()).Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
        .Where(trigger => trigger?.Methods?.Contains("get") is true && trigger.Route?.Contains('{', StringComparison.Ordinal) is false)
        .Select(trigger => trigger!.Route!);

    private async Task<string> Get(string list, Role role)
    {
        var scope = role == Role.Partner ? "P1" : null;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{list}?memberId={club.Own}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer",
            club.Host.Get<ClubTokens>().ForStaff(role, "钱", scope, TimeSpan.FromMinutes(5)).Value.Token);
        using var response = await club.Host.Http.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
