import Browser
import Screen
import Testing

/// The order in which the loop does what it has to do.
@Suite struct EventQueueTests {
    @Test func effectsRunBeforeWhatTheyMakeHappenIsTakenIn() {
        var queue = EventQueue()
        queue.add(.key(.enter))
        let isFirst = queue.begin()
        let first = queue.next()
        #expect(isFirst && first == .message(.key(.enter)))
        queue.add([.cancel, .redraw])
        let second = queue.next()
        #expect(second == .effect(.cancel))
        // Something comes of the first: whoever adds it leaves the work to who has begun.
        queue.add(.waited)
        let isSecond = queue.begin()
        let rest = [queue.next(), queue.next(), queue.next()]
        #expect(!isSecond && rest == [.effect(.redraw), .message(.waited), nil])
        let isThird = queue.begin()
        #expect(isThird)
    }
}
