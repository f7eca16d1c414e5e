namespace Club.Local.Sample;

/// <summary>Draws a person from her own stream of chance. Pure.</summary>
internal static class SamplePersons
{
    private const double BoughtBefore = 0.6, SeenBeforeJoining = 0.2, Lost = 0.22, HasWeChat = 0.45, SecondCar = 0.08;
    private const int LeastDaysOfLoyalty = 60, LeastDaysBetweenCars = 540;

    private static readonly string[] Hobbies =
        ["自驾", "摄影", "钓鱼", "羽毛球", "篮球", "足球", "骑行", "露营", "音乐", "阅读", "美食", "亲子", "登山", "高尔夫", "游泳", "旅行"];

    public static SampleMember Draw(SampleOptions options, SampleRandom random, int number)
    {
        var isWoman = random.Happens(0.36);
        var region = random.Of(options.Regions, one => one.Members);
        var city = random.OfEarly(region.Cities);
        var purchased = Purchased(options, random);
        var (seen, joined) = Joining(options, random, purchased);
        var follows = random.Happens(HasWeChat);
        var member = new SampleMember
        {
            Number = number,
            Name = SampleNames.Draw(random, isWoman),
            IsWoman = isWoman,
            Phone = options.Numbers.Phone(number),
            Birthday = Birthday(options, random),
            Region = region,
            City = city,
            Dealer = random.Of(region.DealersIn(city)),
            Hobbies = [.. Enumerable.Range(0, random.Below(4)).Select(_ => random.Of(Hobbies)).Distinct()],
            SmsConsent = random.Happens(0.82),
            Source = Source(random, follows),
            OpenId = follows ? SampleNumbers.OpenId(random) : null,
            UnionId = follows && random.Happens(0.5) ? SampleNumbers.UnionId(random) : null,
            Cars = [],
            Loyalty = random.Of([SampleLoyalty.OnTime, SampleLoyalty.Late, SampleLoyalty.SeveralDealers],
                loyalty => loyalty switch { SampleLoyalty.OnTime => 60, SampleLoyalty.Late => 25, _ => 15 }),
            KilometresPerDay = random.Between(22, 45) + random.Between(0, 35),
            IntervalKilometres = random.Between(10, 20) * 500,
            SeenFrom = seen,
            FollowedOn = follows && joined is not null && random.Happens(0.5) ? Later(options, joined.Value, -random.Between(1, 90)) : null,
            JoinedOn = joined,
            LostOn = null,
        };
        member = member with { Cars = Cars(options, random, member, purchased) };
        return member with { LostOn = LostOn(options, random, member) };
    }

    private static DateOnly Purchased(SampleOptions options, SampleRandom random) => random.Happens(BoughtBefore)
        ? options.From.AddDays(-random.Between(1, 5 * 365)) : options.From.AddDays(random.Below(options.Days));

    /// <summary>Who comes with her car joins at some time, more often early; who buys one, mostly with it.</summary>
    private static (DateOnly Seen, DateOnly? Joined) Joining(SampleOptions options, SampleRandom random, DateOnly purchased)
    {
        if (purchased < options.From)
        {
            var share = random.Share() * (0.5 + random.Share() / 2);
            var joined = options.From.AddDays((int)(share * options.Days));
            return (random.Happens(SeenBeforeJoining) ? options.From : joined, joined);
        }
        var chance = random.Share();
        var after = chance < 0.65 ? 0 : chance < 0.85 ? random.Between(1, 60) : random.Between(60, 400);
        return (purchased, chance < 0.95 && options.Has(purchased.AddDays(after)) ? purchased.AddDays(after) : null);
    }

    private static DateOnly? Birthday(SampleOptions options, SampleRandom random)
    {
        var birthday = options.From.AddYears(-random.Between(21, 45)).AddDays(-random.Below(20 * 365));
        return random.Happens(0.94) ? birthday : null;
    }

    private static string Source(SampleRandom random, bool follows)
    {
        var chance = random.Share();
        return follows && chance < 0.6 ? "wechat" : chance < 0.75 ? "website" : "dealer";
    }

    private static IReadOnlyList<SampleCar> Cars(SampleOptions options, SampleRandom random, SampleMember member, DateOnly purchased)
    {
        var first = Car(options, random, member, 0, purchased);
        var again = purchased.AddDays(LeastDaysBetweenCars + random.Below(4 * 365));
        var buysAgain = random.Happens(SecondCar / 0.5) && member.JoinedOn < again && options.Has(again);
        return buysAgain ? [first, Car(options, random, member, 1, again)] : [first];
    }

    private static SampleCar Car(SampleOptions options, SampleRandom random, SampleMember member, int car, DateOnly purchased)
    {
        var model = random.OfEarly(options.Models);
        var price = model.Price / 100 * random.Between(92, 112);
        return new(options.Numbers.Vin(member.Number, car, purchased.Year), SampleNumbers.Plate(random, member.City.Plate), model, price,
            purchased);
    }

    /// <summary>Nobody is lost before she was seen for a while, nor right after a second car.</summary>
    private static DateOnly? LostOn(SampleOptions options, SampleRandom random, SampleMember member)
    {
        var isLost = random.Happens(Lost);
        var share = random.Share();
        var from = member.Cars[^1].PurchasedOn > member.SeenFrom ? member.Cars[^1].PurchasedOn : member.SeenFrom;
        if (member.JoinedOn > from) from = member.JoinedOn.Value;
        var days = options.Until.DayNumber - from.AddDays(LeastDaysOfLoyalty).DayNumber;
        return isLost && days > 0 ? from.AddDays(LeastDaysOfLoyalty + (int)(share * days)) : null;
    }

    private static DateOnly? Later(SampleOptions options, DateOnly day, int days) =>
        options.Has(day.AddDays(days)) ? day.AddDays(days) : null;
}
