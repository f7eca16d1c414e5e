using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Club.Identity;
using Club.Local.Sample;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Local;

/// <summary>What happens in the sample club, before anybody is told.</summary>
public sealed class SampleLifeTests
{
    private static readonly DateOnly Until = new(2026, 6, 30);
    private static readonly SampleOptions Skoda = new(ProgrammeLoader.Load("skoda"), 600, 3, 1, Until);
    private static readonly SampleAct[] Acts = [.. new SampleClub(Skoda).Acts()];

    private static IEnumerable<SampleAct.Pays> Bills => Acts.OfType<SampleAct.Pays>();
    private static IEnumerable<SampleAct.Pays> Visits => Bills.Where(bill => bill.Id.StartsWith("WO-", StringComparison.Ordinal));

    [Fact]
    public void The_same_seed_tells_the_same_and_another_seed_or_day_something_else()
    {
        var digest = Digest(new SampleClub(Skoda with { Members = 60 }).Acts());
        Assert.Equal(digest, Digest(new SampleClub(Skoda with { Members = 60 }).Acts()));
        Assert.NotEqual(digest, Digest(new SampleClub(new SampleOptions(Skoda.Programme, 60, 3, 2, Until)).Acts()));
        Assert.NotEqual(digest, Digest(new SampleClub(new SampleOptions(Skoda.Programme, 60, 3, 1, Until.AddDays(-1))).Acts()));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(250)]
    public void A_member_does_the_same_in_a_club_of_any_size(int members) =>
        Assert.Equal(Digest(Acts.Where(act => act.Member.Number <= members)), Digest(new SampleClub(Skoda with { Members = members }).Acts()));

    [Fact]
    public void A_club_so_large_that_it_is_made_day_by_day_tells_of_its_first_members_what_a_small_one_does()
    {
        var large = new SampleClub(new SampleOptions(Skoda.Programme, 400_000, 3, 1, Until));
        var first = large.Acts().TakeWhile(act => act.At < Skoda.From.AddDays(4).ToDateTime(TimeOnly.MinValue)).ToArray();
        Assert.True(first.Length > 1_000, $"Only {first.Length} acts.");
        Assert.Equal(Ordered(first), first);
        Assert.Equal(Digest(Acts.TakeWhile(act => act.At < Skoda.From.AddDays(4).ToDateTime(TimeOnly.MinValue))),
            Digest(first.Where(act => act.Member.Number <= Skoda.Members)));
    }

    [Fact]
    public void Time_never_runs_backwards_and_ends_where_it_should()
    {
        Assert.Equal(Ordered(Acts), Acts);
        Assert.All(Acts, act => Assert.InRange(DateOnly.FromDateTime(act.At), Skoda.From, Until));
        Assert.Equal(Until.AddYears(-3).AddDays(1), Skoda.From);
    }

    [Fact]
    public void Phones_and_vehicle_numbers_are_valid_and_nobody_shares_one()
    {
        var (phones, vins) = (new HashSet<string>(), new HashSet<string>());
        for (var member = 1; member <= 20_000; member++)
        {
            var phone = PhoneNumber.Parse(Skoda.Numbers.Phone(member));
            Assert.True(phone is { Succeeded: true, Value.CountryCode: 86 } && phones.Add(phone.Value.E164));
            for (var car = 0; car < 2; car++)
            {
                var vin = Vin.Parse(Skoda.Numbers.Vin(member, car, 1999 + member % 45));
                Assert.True(vin is { Succeeded: true, Value: { Check.Holds: true, Value: ['L', ..] } } && vins.Add(vin.Value.Value));
            }
        }
    }

    [Fact]
    public void Members_are_of_all_six_regions_and_of_branches_that_the_rule_book_knows()
    {
        var members = Acts.Select(act => act.Member).DistinctBy(member => member.Number).ToArray();
        Assert.Equal(["beijing", "chengdu", "guangzhou", "hangzhou", "jinan", "shanghai"],
            members.Select(member => member.Region.Code).Distinct().Order());
        Assert.All(members, member => Assert.Equal((member.Region.Code, true),
            (Skoda.Programme.FindDealer(member.Dealer)!.Region, Skoda.Programme.FindDealer(member.Dealer)!.HasBranch)));
        Assert.All(Bills, bill => Assert.Equal(bill.Member.Region.Code, Skoda.Programme.FindDealer(bill.Dealer)!.Region));
    }

    [Fact]
    public void Whoever_is_lost_never_comes_again_and_whoever_is_not_was_there_lately()
    {
        var lost = Members().Where(member => member.LostOn is not null).ToArray();
        Assert.InRange(lost.Length, Skoda.Members / 10, Skoda.Members / 4);
        Assert.Contains(lost, member => Visits.Any(visit => visit.Member.Number == member.Number));
        Assert.All(Acts.Where(act => act.Member.LostOn is not null), act => Assert.True(DateOnly.FromDateTime(act.At) < act.Member.LostOn));
        var last = Visits.GroupBy(visit => visit.Member.Number).ToDictionary(hers => hers.Key, hers => hers.Max(visit => visit.At));
        Assert.All(Members().Where(member => member is { LostOn: null, Loyalty: not SampleLoyalty.Late }
            && member.SeenFrom < Until.AddDays(-250)), member => Assert.True(
            last[member.Number] > Until.ToDateTime(TimeOnly.MinValue).AddDays(-member.ExpectedInterval - 45), $"Member {member.Number}."));
    }

    [Fact]
    public void Late_ones_come_after_their_interval_and_others_within_it()
    {
        var gaps = Visits.GroupBy(visit => visit.Member.Number).SelectMany(hers => hers.Zip(hers.Skip(1), (one, next) =>
            (one.Member.Loyalty, Share: (next.At - one.At).TotalDays / one.Member.ExpectedInterval))).ToLookup(gap => gap.Loyalty, gap => gap.Share);
        Assert.InRange(gaps[SampleLoyalty.OnTime].Average(), 0.7, 0.95);
        Assert.InRange(gaps[SampleLoyalty.Late].Average(), 1.15, 1.6);
        Assert.All(Visits.Where(visit => visit.Member.Loyalty != SampleLoyalty.SeveralDealers),
            visit => Assert.Equal(visit.Member.Dealer, visit.Dealer));
        Assert.Contains(Visits.Where(visit => visit.Member.Loyalty == SampleLoyalty.SeveralDealers), visit => visit.Dealer != visit.Member.Dealer);
    }

    [Fact]
    public void Before_the_Spring_Festival_everybody_comes_and_in_its_week_nobody()
    {
        Assert.Equal([new(2024, 2, 10), new(2025, 1, 29), new(2026, 2, 17)], Enumerable.Range(2024, 3).Select(SampleSeasons.Festival));
        int Between(int from, int to) => Visits.Count(visit => Enumerable.Range(2024, 3).Select(SampleSeasons.Festival)
            .Any(festival => DateOnly.FromDateTime(visit.At).DayNumber - festival.DayNumber is var day && day >= from && day <= to));
        Assert.Equal(0, Between(-1, 6));
        Assert.True(Between(-21, -2) > 2 * Between(-45, -22), $"{Between(-21, -2)} and {Between(-45, -22)}.");
    }

    [Fact]
    public void A_visit_has_parts_and_labour_and_the_car_has_gone_further()
    {
        Assert.All(Visits, visit => Assert.Equal(["labour", "parts"],
            visit.Lines.Select(line => line.Category).Except(["accessory"]).Order()));
        Assert.All(Bills.SelectMany(bill => bill.Lines), line => Assert.True(line.Fen > 0));
        Assert.All(Visits.GroupBy(visit => visit.Car.Vin), ofOne => Assert.All(ofOne.Zip(ofOne.Skip(1)), pair =>
            Assert.True(pair.First.Odometer < pair.Second.Odometer)));
    }

    [Fact]
    public void All_that_a_club_meets_happens()
    {
        Assert.Equal(typeof(SampleAct).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Select(type => type.Name).Order(),
            Acts.Select(act => act.GetType().Name).Distinct().Order());
        Assert.Contains(Acts.OfType<SampleAct.Returns>(), one => one.Line is null);
        Assert.Contains(Acts.OfType<SampleAct.Returns>(), one => one.Line is not null);
        Assert.Contains(Bills, bill => bill.At < bill.Member.JoinedOn?.ToDateTime(TimeOnly.MinValue));
        Assert.Contains(Members(), member => member.JoinedOn is null);
        Assert.Contains(Members(), member => member.Cars.Count == 2);
        Assert.Equal(["dealer", "website", "wechat"], Members().Select(member => member.Source).Distinct().Order());
    }

    [Theory]
    [InlineData("foton", "得利卡")]
    [InlineData("byd", "秦")]
    [InlineData("skoda", "明锐")]
    [InlineData("miles", "明锐")]
    [InlineData("tesco", "明锐")]
    public void Cars_are_those_of_the_rule_book(string programme, string model)
    {
        var options = new SampleOptions(ProgrammeLoader.Load(programme), 200, 1, 1, Until);
        Assert.Contains(model, options.Models.Select(one => one.Name));
        Assert.Contains(new SampleClub(options).Acts(), act => act is SampleAct.Pays { Car.Model: var sold } && sold.Name == model);
    }

    private static IEnumerable<SampleMember> Members() => Enumerable.Range(1, Skoda.Members).Select(new SampleClub(Skoda).Member);

    private static IEnumerable<SampleAct> Ordered(IEnumerable<SampleAct> acts) => acts.OrderBy(act => act.At).ThenBy(act => act.Member.Number);

    private static string Digest(IEnumerable<SampleAct> acts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        acts.Select(act => string.Create(CultureInfo.InvariantCulture, $"{act.At:O} {SampleTexts.Of(act, TimeZoneInfo.Utc)}"))))));
}
